import { api } from "../api.ts";
import { arr, i16, i32, str, uuid } from "../schema.ts";

/** Deletes what a share group knows of topics (KIP-932). */
export const DeleteShareGroupOffsets = api(
  { key: 92, name: "DeleteShareGroupOffsets", versions: "0", flexible: 0, listeners: ["broker"] },
  { groupId: str.entity("groupId"), topics: arr({ topicName: str.entity("topicName") }) },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    errorMessage: str.nullable().def(null),
    responses: arr({
      topicName: str.entity("topicName"),
      topicId: uuid,
      errorCode: i16,
      errorMessage: str.nullable().def(null),
    }),
  },
);
