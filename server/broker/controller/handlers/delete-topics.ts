import { DeleteTopics } from "../../../wire/apis/delete-topics.ts";
import { handler } from "../../network/handler.ts";
import { deleteTopics as decide } from "../delete-topics.ts";
import { type ControllerContext, mutationQuotaOf } from "./services.ts";

const STRICT_SINCE = 5;

/** DeleteTopics. */
export const deleteTopics = handler(DeleteTopics, (request, context: ControllerContext, reply) => {
  const mayAll = context.may("delete", "cluster");
  const quota = mutationQuotaOf(context, STRICT_SINCE);
  context.services.controller.submit(
    (view) => decide(view, request, (topic) => mayAll || context.may("delete", { topic }), quota),
    (responses) => reply({ throttleTimeMs: quota.throttleTimeMs, responses }),
  );
});
