import { recordType } from "../../record-type.ts";
import { str, uuid } from "../../schema.ts";

/** A topic exists (KIP-631). */
export const TopicRecord = recordType(
  { kind: "metadata", apiKey: 2, name: "TopicRecord", versions: "0", flexible: 0 },
  { name: str.entity("topicName"), topicId: uuid },
);
