import { api } from "../api.ts";
import { arr, i16, i32, i64, i8, uuid } from "../schema.ts";

/** Asks the controller to change the in-sync replicas of partitions (KIP-497). */
export const AlterPartition = api(
  { key: 56, name: "AlterPartition", versions: "2-3", flexible: 0, listeners: ["controller"] },
  {
    brokerId: i32.entity("brokerId"),
    brokerEpoch: i64.def(-1),
    topics: arr({
      topicId: uuid.ignorable(),
      partitions: arr({
        partitionIndex: i32,
        leaderEpoch: i32,
        newIsr: arr(i32).v("2").entity("brokerId"),
        newIsrWithEpochs: arr({ brokerId: i32.entity("brokerId"), brokerEpoch: i64.def(-1) }).v("3+"),
        leaderRecoveryState: i8,
        partitionEpoch: i32,
      }),
    }),
  },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    topics: arr({
      topicId: uuid.ignorable(),
      partitions: arr({
        partitionIndex: i32,
        errorCode: i16,
        leaderId: i32.entity("brokerId"),
        leaderEpoch: i32,
        isr: arr(i32).entity("brokerId"),
        leaderRecoveryState: i8.ignorable(),
        partitionEpoch: i32,
      }),
    }),
  },
);
