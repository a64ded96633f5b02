import { api } from "../api.ts";
import { arr, i16, i32, str, uuid } from "../schema.ts";

/** Deletes the state of share partitions at their share coordinator (KIP-932). */
export const DeleteShareGroupState = api(
  { key: 86, name: "DeleteShareGroupState", versions: "0", flexible: 0, listeners: ["broker"] },
  { groupId: str, topics: arr({ topicId: uuid, partitions: arr({ partition: i32 }) }) },
  {
    results: arr({
      topicId: uuid,
      partitions: arr({ partition: i32, errorCode: i16, errorMessage: str.nullable().def(null) }),
    }),
  },
);
