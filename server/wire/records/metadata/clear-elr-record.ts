import { recordType } from "../../record-type.ts";
import { str } from "../../schema.ts";

/** The eligible leader replicas of one topic, or of all, were cleared (KIP-966). */
export const ClearElrRecord = recordType(
  { kind: "metadata", apiKey: 28, name: "ClearElrRecord", versions: "0", flexible: 0 },
  { topicName: str.entity("topicName") },
);
