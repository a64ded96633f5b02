import { recordType } from "../../record-type.ts";
import { uuid } from "../../schema.ts";

/** A topic and its partitions are gone (KIP-631). */
export const RemoveTopicRecord = recordType(
  { kind: "metadata", apiKey: 9, name: "RemoveTopicRecord", versions: "0", flexible: 0 },
  { topicId: uuid },
);
