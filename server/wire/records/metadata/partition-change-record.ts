import { recordType } from "../../record-type.ts";
import { arr, i32, i8, uuid } from "../../schema.ts";

/** Parts of a partition's state changed; what is left out stays (KIP-631). */
export const PartitionChangeRecord = recordType(
  { kind: "metadata", apiKey: 5, name: "PartitionChangeRecord", versions: "0-2", flexible: 0 },
  {
    partitionId: i32.def(-1),
    topicId: uuid,
    isr: arr(i32).nullable().def(null).tag(0, "0+").entity("brokerId"),
    leader: i32.def(-2).tag(1, "0+").entity("brokerId"),
    replicas: arr(i32).nullable().def(null).tag(2, "0+").entity("brokerId"),
    removingReplicas: arr(i32).nullable().def(null).tag(3, "0+").entity("brokerId"),
    addingReplicas: arr(i32).nullable().def(null).tag(4, "0+").entity("brokerId"),
    leaderRecoveryState: i8.def(-1).tag(5, "0+"),
    directories: arr(uuid).nullable().def(null).tag(8, "1+"),
    eligibleLeaderReplicas: arr(i32).nullable().def(null).tag(6, "2+").entity("brokerId"),
    lastKnownElr: arr(i32).nullable().def(null).tag(7, "2+").entity("brokerId"),
  },
);
