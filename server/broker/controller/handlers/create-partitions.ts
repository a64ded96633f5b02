import { CreatePartitions } from "../../../wire/apis/create-partitions.ts";
import { TOPIC_AUTHORIZATION_FAILED } from "../../../wire/errors.ts";
import { handler } from "../../network/handler.ts";
import { createPartitions as decide } from "../create-partitions.ts";
import { type ControllerContext, mutationQuotaOf } from "./services.ts";

const STRICT_SINCE = 3;

/** CreatePartitions. */
export const createPartitions = handler(CreatePartitions, (request, context: ControllerContext, reply) => {
  const { controller } = context.services;
  const topics = request.topics.filter(({ name }) => context.may("alter", { topic: name }));
  const refused = request.topics
    .filter(({ name }) => !context.may("alter", { topic: name }))
    .map(({ name }) => ({ name, errorCode: TOPIC_AUTHORIZATION_FAILED }));
  const quota = mutationQuotaOf(context, STRICT_SINCE);
  const { validateOnly } = request;
  controller.submit(
    (view) => decide(view, { topics, validateOnly }, controller.environment.random, quota),
    (results) => reply({ throttleTimeMs: quota.throttleTimeMs, results: [...results, ...refused] }),
  );
});
