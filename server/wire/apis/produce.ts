import { api } from "../api.ts";
import { arr, i16, i32, i64, records, str, struct, uuid } from "../schema.ts";

/**
 * Appends one record batch to each of several partitions; with acks 0 there is no answer at all. Versions 0-2 are
 * advertised although nobody serves them, because librdkafka up to 2.11.0 switches compression off without them.
 * Version 13 names topics by id (KIP-516); 12 adds partitions to a transaction by itself (KIP-890).
 */
export const Produce = api(
  { key: 0, name: "Produce", versions: "3-13", advertised: "0-13", flexible: 9, listeners: ["broker"] },
  {
    transactionalId: str.nullable().def(null).entity("transactionalId"),
    acks: i16,
    timeoutMs: i32,
    topicData: arr({
      name: str.v("3-12").entity("topicName").mapKey().ignorable(),
      topicId: uuid.v("13+").mapKey().ignorable(),
      partitionData: arr({ index: i32, records: records.nullable() }),
    }),
  },
  {
    responses: arr({
      name: str.v("3-12").entity("topicName").mapKey().ignorable(),
      topicId: uuid.v("13+").mapKey().ignorable(),
      partitionResponses: arr({
        index: i32,
        errorCode: i16,
        baseOffset: i64,
        logAppendTimeMs: i64.def(-1).ignorable(),
        logStartOffset: i64.v("5+").def(-1).ignorable(),
        recordErrors: arr({ batchIndex: i32, batchIndexErrorMessage: str.nullable().def(null) })
          .v("8+")
          .ignorable(),
        errorMessage: str.v("8+").nullable().def(null).ignorable(),
        currentLeader: struct({ leaderId: i32.def(-1).entity("brokerId"), leaderEpoch: i32.def(-1) }).tag(0, "10+"),
      }),
    }),
    throttleTimeMs: i32.ignorable(),
    nodeEndpoints: arr({
      nodeId: i32.entity("brokerId").mapKey(),
      host: str,
      port: i32,
      rack: str.nullable().def(null),
    }).tag(0, "10+"),
  },
);
