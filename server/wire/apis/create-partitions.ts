import { api } from "../api.ts";
import { arr, bool, i16, i32, str } from "../schema.ts";

/** Adds partitions to topics (KIP-195). */
export const CreatePartitions = api(
  { key: 37, name: "CreatePartitions", versions: "0-3", flexible: 2, listeners: ["broker", "controller"] },
  {
    topics: arr({
      name: str.entity("topicName").mapKey(),
      count: i32,
      assignments: arr({ brokerIds: arr(i32).entity("brokerId") }).nullable(),
    }),
    timeoutMs: i32,
    validateOnly: bool,
  },
  {
    throttleTimeMs: i32,
    results: arr({ name: str.entity("topicName"), errorCode: i16, errorMessage: str.nullable().def(null) }),
  },
);
