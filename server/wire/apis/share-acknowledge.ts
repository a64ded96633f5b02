import { api } from "../api.ts";
import { arr, bool, i16, i32, i64, i8, str, struct, uuid } from "../schema.ts";

/** Acknowledges records of a share group (KIP-932, renewal KIP-1222). */
export const ShareAcknowledge = api(
  { key: 79, name: "ShareAcknowledge", versions: "1-2", flexible: 0, listeners: ["broker"] },
  {
    groupId: str.nullable().def(null).entity("groupId"),
    memberId: str.nullable(),
    shareSessionEpoch: i32,
    isRenewAck: bool.v("2+"),
    topics: arr({
      topicId: uuid.mapKey(),
      partitions: arr({
        partitionIndex: i32.mapKey(),
        acknowledgementBatches: arr({ firstOffset: i64, lastOffset: i64, acknowledgeTypes: arr(i8) }),
      }),
    }),
  },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    errorMessage: str.nullable().def(null),
    acquisitionLockTimeoutMs: i32.v("2+").ignorable(),
    responses: arr({
      topicId: uuid.mapKey(),
      partitions: arr({
        partitionIndex: i32,
        errorCode: i16,
        errorMessage: str.nullable().def(null),
        currentLeader: struct({ leaderId: i32, leaderEpoch: i32 }),
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
