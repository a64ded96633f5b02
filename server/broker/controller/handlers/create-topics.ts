import { CreateTopics } from "../../../wire/apis/create-topics.ts";
import { TOPIC_AUTHORIZATION_FAILED } from "../../../wire/errors.ts";
import { handler } from "../../network/handler.ts";
import { createTopics as decide } from "../create-topics.ts";
import { type ControllerContext, mutationQuotaOf } from "./services.ts";

const STRICT_SINCE = 6;

/** CreateTopics: who may not create on the cluster may create the topics that they are named for. */
export const createTopics = handler(CreateTopics, (request, context: ControllerContext, reply) => {
  const { controller } = context.services;
  const mayAll = context.may("create", "cluster");
  const may = (name: string): boolean => mayAll || context.may("create", { topic: name });
  const topics = request.topics.filter(({ name }) => may(name));
  const refused = request.topics
    .filter(({ name }) => !may(name))
    .map(({ name }) => ({ name, errorCode: TOPIC_AUTHORIZATION_FAILED, errorMessage: "Authorization failed." }));
  const quota = mutationQuotaOf(context, STRICT_SINCE);
  const { validateOnly } = request;
  controller.submit(
    (view) => decide(view, { topics, validateOnly }, controller.environment.random, quota),
    (made) => reply({ throttleTimeMs: quota.throttleTimeMs, topics: [...made, ...refused] }),
  );
});
