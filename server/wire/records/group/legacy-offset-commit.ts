import { recordType } from "../../record-type.ts";
import { i32, i64, str } from "../../schema.ts";

/** Key of a committed offset as it was written before Kafka kept commit timestamps; only read. */
export const LegacyOffsetCommitKey = recordType(
  { kind: "coordinator-key", apiKey: 0, name: "LegacyOffsetCommitKey", versions: "0", flexible: "never" },
  { group: str, topic: str, partition: i32 },
);

/** Value of a committed offset as it was written before Kafka kept commit timestamps; only read. */
export const LegacyOffsetCommitValue = recordType(
  { kind: "coordinator-value", apiKey: 0, name: "LegacyOffsetCommitValue", versions: "0", flexible: "never" },
  { offset: i64, metadata: str, commitTimestamp: i64 },
);
