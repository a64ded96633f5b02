import { recordType } from "../../record-type.ts";
import { arr, i16, i32, i64, i8, str, uuid } from "../../schema.ts";

/** Key of the whole state of a share partition (KIP-932). */
export const ShareSnapshotKey = recordType(
  { kind: "coordinator-key", apiKey: 0, name: "ShareSnapshotKey", versions: "0", flexible: "never" },
  { groupId: str, topicId: uuid, partition: i32 },
);

/** Value of the whole state of a share partition (KIP-932). */
export const ShareSnapshotValue = recordType(
  { kind: "coordinator-value", apiKey: 0, name: "ShareSnapshotValue", versions: "0", flexible: 0 },
  {
    snapshotEpoch: i32,
    stateEpoch: i32,
    leaderEpoch: i32,
    startOffset: i64,
    deliveryCompleteCount: i32.def(-1).tag(0, "0+"),
    createTimestamp: i64,
    writeTimestamp: i64,
    stateBatches: arr({ firstOffset: i64, lastOffset: i64, deliveryState: i8, deliveryCount: i16 }),
  },
);
