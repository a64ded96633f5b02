import { api } from "../api.ts";
import { arr, i16, i32, i64, i8, records, str, struct, uuid } from "../schema.ts";

/**
 * Reads record batches from several partitions, for consumers and for followers, and waits for more up to maxWaitMs.
 * Sessions save repeating the partitions (KIP-227), version 13 names topics by id (KIP-516), and KRaft's log is copied
 * by it as well (KIP-595).
 */
export const Fetch = api(
  { key: 1, name: "Fetch", versions: "4-18", flexible: 12, listeners: ["broker", "controller"] },
  {
    clusterId: str.nullable().def(null).tag(0, "12+").ignorable(),
    replicaId: i32.v("4-14").def(-1).entity("brokerId"),
    replicaState: struct({ replicaId: i32.def(-1).entity("brokerId"), replicaEpoch: i64.def(-1) }).tag(1, "15+"),
    maxWaitMs: i32,
    minBytes: i32,
    maxBytes: i32.def(2147483647).ignorable(),
    isolationLevel: i8.ignorable(),
    sessionId: i32.v("7+").ignorable(),
    sessionEpoch: i32.v("7+").def(-1).ignorable(),
    topics: arr({
      topic: str.v("4-12").entity("topicName").ignorable(),
      topicId: uuid.v("13+").ignorable(),
      partitions: arr({
        partition: i32,
        currentLeaderEpoch: i32.v("9+").def(-1).ignorable(),
        fetchOffset: i64,
        lastFetchedEpoch: i32.v("12+").def(-1),
        logStartOffset: i64.v("5+").def(-1).ignorable(),
        partitionMaxBytes: i32,
        replicaDirectoryId: uuid.tag(0, "17+").ignorable(),
        highWatermark: i64.def(Number.MAX_SAFE_INTEGER).tag(1, "18+").ignorable(),
      }),
    }),
    forgottenTopicsData: arr({
      topic: str.v("7-12").entity("topicName").ignorable(),
      topicId: uuid.v("13+").ignorable(),
      partitions: arr(i32),
    }).v("7+"),
    rackId: str.v("11+").ignorable(),
  },
  {
    throttleTimeMs: i32.ignorable(),
    errorCode: i16.v("7+").ignorable(),
    sessionId: i32.v("7+"),
    responses: arr({
      topic: str.v("4-12").entity("topicName").ignorable(),
      topicId: uuid.v("13+").ignorable(),
      partitions: arr({
        partitionIndex: i32,
        errorCode: i16,
        highWatermark: i64,
        lastStableOffset: i64.def(-1).ignorable(),
        logStartOffset: i64.v("5+").def(-1).ignorable(),
        divergingEpoch: struct({ epoch: i32.def(-1), endOffset: i64.def(-1) }).tag(0, "12+"),
        currentLeader: struct({ leaderId: i32.def(-1).entity("brokerId"), leaderEpoch: i32.def(-1) }).tag(1, "12+"),
        snapshotId: struct({ endOffset: i64.def(-1), epoch: i32.def(-1) }).tag(2, "12+"),
        abortedTransactions: arr({ producerId: i64.entity("producerId"), firstOffset: i64 })
          .nullable()
          .ignorable(),
        preferredReadReplica: i32.v("11+").def(-1).entity("brokerId"),
        records: records.nullable(),
      }),
    }),
    nodeEndpoints: arr({
      nodeId: i32.entity("brokerId").mapKey(),
      host: str,
      port: i32,
      rack: str.nullable().def(null),
    }).tag(0, "16+"),
  },
);
