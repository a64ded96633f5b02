import { CreatePartitions } from "../../../wire/apis/create-partitions.ts";
import { TOPIC_AUTHORIZATION_FAILED } from "../../../wire/errors.ts";
import { handler } from "../../network/handler.ts";
import { createPartitions as decide } from "../create-partitions.ts";
import type { ControllerContext } from "./services.ts";

/** CreatePartitions. */
export const createPartitions = handler(CreatePartitions, (request, context: ControllerContext, reply) => {
  const { controller } = context.services;
  const topics = request.topics.filter(({ name }) => context.may("alter", { topic: name }));
  const refused = request.topics
    .filter(({ name }) => !context.may("alter", { topic: name }))
    .map(({ name }) => ({ name, errorCode: TOPIC_AUTHORIZATION_FAILED }));
  controller.submit(
    (view) => decide(view, { topics, validateOnly: request.validateOnly }, controller.environment.random),
    (results) => reply({ results: [...results, ...refused] }),
  );
});
