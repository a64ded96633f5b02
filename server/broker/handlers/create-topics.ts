import { CreateTopics } from "../../wire/apis/create-topics.ts";
import { forwarded } from "./forwarded.ts";

/** Topics are made by the controller. */
export const createTopics = forwarded(CreateTopics, (request, { errorCode, message }) => ({
  topics: request.topics.map(({ name }) => ({ name, errorCode, errorMessage: message ?? null })),
}));
