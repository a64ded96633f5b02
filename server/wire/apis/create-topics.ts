import { api } from "../api.ts";
import { arr, bool, i16, i32, i8, str, uuid } from "../schema.ts";

/** Creates topics, or only checks whether it could (KIP-4); the answer has the configs from version 5 on (KIP-525). */
export const CreateTopics = api(
  { key: 19, name: "CreateTopics", versions: "2-7", flexible: 5, listeners: ["broker", "controller"] },
  {
    topics: arr({
      name: str.entity("topicName").mapKey(),
      numPartitions: i32,
      replicationFactor: i16,
      assignments: arr({ partitionIndex: i32.mapKey(), brokerIds: arr(i32).entity("brokerId") }),
      configs: arr({ name: str.mapKey(), value: str.nullable() }),
    }),
    timeoutMs: i32.def(60000),
    validateOnly: bool,
  },
  {
    throttleTimeMs: i32.ignorable(),
    topics: arr({
      name: str.entity("topicName").mapKey(),
      topicId: uuid.v("7+").ignorable(),
      errorCode: i16,
      errorMessage: str.nullable().ignorable(),
      topicConfigErrorCode: i16.tag(0, "5+").ignorable(),
      numPartitions: i32.v("5+").def(-1).ignorable(),
      replicationFactor: i16.v("5+").def(-1).ignorable(),
      configs: arr({
        name: str,
        value: str.nullable(),
        readOnly: bool,
        configSource: i8.def(-1).ignorable(),
        isSensitive: bool,
      })
        .v("5+")
        .nullable()
        .ignorable(),
    }),
  },
);
