import { api } from "../api.ts";
import { arr, i16, i32, str, uuid } from "../schema.ts";

/** Deletes topics by name, or by id from version 6 on (KIP-516). */
export const DeleteTopics = api(
  { key: 20, name: "DeleteTopics", versions: "1-6", flexible: 4, listeners: ["broker", "controller"] },
  {
    topics: arr({ name: str.nullable().def(null).entity("topicName"), topicId: uuid }).v("6+"),
    topicNames: arr(str).v("1-5").entity("topicName").ignorable(),
    timeoutMs: i32,
  },
  {
    throttleTimeMs: i32.ignorable(),
    responses: arr({
      name: str.nullable("6+").entity("topicName").mapKey(),
      topicId: uuid.v("6+").ignorable(),
      errorCode: i16,
      errorMessage: str.v("5+").nullable().def(null).ignorable(),
    }),
  },
);
