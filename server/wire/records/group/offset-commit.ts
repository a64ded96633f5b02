import { recordType } from "../../record-type.ts";
import { i32, i64, str, uuid } from "../../schema.ts";

/** Key of an offset committed by a group; the value is null when it was deleted or has expired. */
export const OffsetCommitKey = recordType(
  { kind: "coordinator-key", apiKey: 1, name: "OffsetCommitKey", versions: "0", flexible: "never" },
  { group: str, topic: str, partition: i32 },
);

/** Value of an offset committed by a group; the value is null when it was deleted or has expired. */
export const OffsetCommitValue = recordType(
  { kind: "coordinator-value", apiKey: 1, name: "OffsetCommitValue", versions: "0-4", flexible: 4 },
  {
    offset: i64,
    leaderEpoch: i32.v("3+").def(-1).ignorable(),
    metadata: str,
    commitTimestamp: i64,
    expireTimestamp: i64.v("1").def(-1).ignorable(),
    topicId: uuid.tag(0, "4+").ignorable(),
  },
);
