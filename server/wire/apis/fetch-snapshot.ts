import { api } from "../api.ts";
import { arr, i16, i32, i64, records, str, struct, u16, uuid } from "../schema.ts";

/** Reads a part of a snapshot of the metadata log (KIP-630). */
export const FetchSnapshot = api(
  { key: 59, name: "FetchSnapshot", versions: "0-1", flexible: 0, listeners: ["controller"] },
  {
    clusterId: str.nullable().def(null).tag(0, "0+"),
    replicaId: i32.def(-1).entity("brokerId"),
    maxBytes: i32.def(2147483647),
    topics: arr({
      name: str.entity("topicName"),
      partitions: arr({
        partition: i32,
        currentLeaderEpoch: i32,
        snapshotId: struct({ endOffset: i64, epoch: i32 }),
        position: i64,
        replicaDirectoryId: uuid.tag(0, "1+").ignorable(),
      }),
    }),
  },
  {
    throttleTimeMs: i32.ignorable(),
    errorCode: i16,
    topics: arr({
      name: str.entity("topicName"),
      partitions: arr({
        index: i32,
        errorCode: i16,
        snapshotId: struct({ endOffset: i64, epoch: i32 }),
        currentLeader: struct({ leaderId: i32.entity("brokerId"), leaderEpoch: i32 }).tag(0, "0+"),
        size: i64,
        position: i64,
        unalignedRecords: records,
      }),
    }),
    nodeEndpoints: arr({ nodeId: i32.entity("brokerId").mapKey(), host: str, port: u16 }).tag(0, "1+"),
  },
);
