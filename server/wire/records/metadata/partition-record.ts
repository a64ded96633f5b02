import { recordType } from "../../record-type.ts";
import { arr, i32, i8, uuid } from "../../schema.ts";

/** A partition exists, with all of its state (KIP-631; directories KIP-858, eligible leaders KIP-966). */
export const PartitionRecord = recordType(
  { kind: "metadata", apiKey: 3, name: "PartitionRecord", versions: "0-2", flexible: 0 },
  {
    partitionId: i32.def(-1),
    topicId: uuid,
    replicas: arr(i32).entity("brokerId"),
    isr: arr(i32),
    removingReplicas: arr(i32).entity("brokerId"),
    addingReplicas: arr(i32).entity("brokerId"),
    leader: i32.def(-1).entity("brokerId"),
    leaderRecoveryState: i8.tag(0, "0+"),
    leaderEpoch: i32.def(-1),
    partitionEpoch: i32.def(-1),
    directories: arr(uuid).v("1+"),
    eligibleLeaderReplicas: arr(i32).nullable().def(null).tag(1, "2+").entity("brokerId"),
    lastKnownElr: arr(i32).nullable().def(null).tag(2, "2+").entity("brokerId"),
  },
);
