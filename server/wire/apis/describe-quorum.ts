import { api } from "../api.ts";
import { arr, i16, i32, i64, str, u16, uuid } from "../schema.ts";

const replicaState = {
  replicaId: i32.entity("brokerId"),
  replicaDirectoryId: uuid.v("2+"),
  logEndOffset: i64,
  lastFetchTimestamp: i64.v("1+").def(-1).ignorable(),
  lastCaughtUpTimestamp: i64.v("1+").def(-1).ignorable(),
};

/** Describes the voters and observers of the metadata log and how far each has copied it (KIP-595, KIP-836). */
export const DescribeQuorum = api(
  { key: 55, name: "DescribeQuorum", versions: "0-2", flexible: 0, listeners: ["broker", "controller"] },
  { topics: arr({ topicName: str.entity("topicName"), partitions: arr({ partitionIndex: i32 }) }) },
  {
    errorCode: i16,
    errorMessage: str.v("2+").nullable().ignorable(),
    topics: arr({
      topicName: str.entity("topicName"),
      partitions: arr({
        partitionIndex: i32,
        errorCode: i16,
        errorMessage: str.v("2+").nullable().ignorable(),
        leaderId: i32.entity("brokerId"),
        leaderEpoch: i32,
        highWatermark: i64,
        currentVoters: arr(replicaState),
        observers: arr(replicaState),
      }),
    }),
    nodes: arr({
      nodeId: i32.entity("brokerId").mapKey(),
      listeners: arr({ name: str.mapKey(), host: str, port: u16 }),
    }).v("2+"),
  },
);
