import { CreatePartitions } from "../../wire/apis/create-partitions.ts";
import { forwarded } from "./forwarded.ts";

/** Partitions are added by the controller. */
export const createPartitions = forwarded(CreatePartitions, (request, { errorCode, message }) => ({
  results: request.topics.map(({ name }) => ({ name, errorCode, errorMessage: message ?? null })),
}));
