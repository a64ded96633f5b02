import { DeleteTopics } from "../../wire/apis/delete-topics.ts";
import { ZERO_UUID } from "../../wire/uuid.ts";
import { forwarded } from "./forwarded.ts";

/** Topics are deleted by the controller; named by name, or by id from version 6 on. */
export const deleteTopics = forwarded(DeleteTopics, (request, { errorCode, message }) => {
  const byName = request.topicNames.map((name) => ({ name, topicId: ZERO_UUID }));
  const asked = request.topics.length > 0 ? request.topics : byName;
  return { responses: asked.map(({ name, topicId }) => ({ name, topicId, errorCode, errorMessage: message ?? null })) };
});
