import { recordType } from "../../record-type.ts";
import { arr, i16, i32, i64, i8, str, uuid } from "../../schema.ts";

/** Key of what changed of a share partition since its last snapshot (KIP-932). */
export const ShareUpdateKey = recordType(
  { kind: "coordinator-key", apiKey: 1, name: "ShareUpdateKey", versions: "0", flexible: "never" },
  { groupId: str, topicId: uuid, partition: i32 },
);

/** Value of what changed of a share partition since its last snapshot (KIP-932). */
export const ShareUpdateValue = recordType(
  { kind: "coordinator-value", apiKey: 1, name: "ShareUpdateValue", versions: "0", flexible: 0 },
  {
    snapshotEpoch: i32,
    leaderEpoch: i32,
    startOffset: i64,
    deliveryCompleteCount: i32.def(-1).tag(0, "0+"),
    stateBatches: arr({ firstOffset: i64, lastOffset: i64, deliveryState: i8, deliveryCount: i16 }),
  },
);
