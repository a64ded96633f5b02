import { api } from "../api.ts";
import { arr, bool, i16, i32, i64, i8, records, str, struct, uuid } from "../schema.ts";

/** Acquires records of a share group, and acknowledges earlier ones on the way (KIP-932, renewal KIP-1222). */
export const ShareFetch = api(
  { key: 78, name: "ShareFetch", versions: "1-2", flexible: 0, listeners: ["broker"] },
  {
    groupId: str.nullable().def(null).entity("groupId"),
    memberId: str.nullable(),
    shareSessionEpoch: i32,
    maxWaitMs: i32,
    minBytes: i32,
    maxBytes: i32.def(2147483647),
    maxRecords: i32,
    batchSize: i32,
    shareAcquireMode: i8.v("2+").ignorable(),
    isRenewAck: bool.v("2+"),
    topics: arr({
      topicId: uuid.mapKey(),
      partitions: arr({
        partitionIndex: i32.mapKey(),
        acknowledgementBatches: arr({ firstOffset: i64, lastOffset: i64, acknowledgeTypes: arr(i8) }),
      }),
    }),
    forgottenTopicsData: arr({ topicId: uuid, partitions: arr(i32) }),
  },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    errorMessage: str.nullable().def(null),
    acquisitionLockTimeoutMs: i32,
    responses: arr({
      topicId: uuid.mapKey(),
      partitions: arr({
        partitionIndex: i32,
        errorCode: i16,
        errorMessage: str.nullable().def(null),
        acknowledgeErrorCode: i16,
        acknowledgeErrorMessage: str.nullable().def(null),
        currentLeader: struct({ leaderId: i32, leaderEpoch: i32 }),
        records: records,
        acquiredRecords: arr({ firstOffset: i64, lastOffset: i64, deliveryCount: i16 }),
      }),
    }),
    nodeEndpoints: arr({
      nodeId: i32.entity("brokerId").mapKey(),
      host: str,
      port: i32,
      rack: str.nullable().def(null),
    }),
  },
);
