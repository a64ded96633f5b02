import { DeleteTopics } from "../../../wire/apis/delete-topics.ts";
import { handler } from "../../network/handler.ts";
import { deleteTopics as decide } from "../delete-topics.ts";
import type { ControllerContext } from "./services.ts";

/** DeleteTopics. */
export const deleteTopics = handler(DeleteTopics, (request, context: ControllerContext, reply) => {
  const mayAll = context.may("delete", "cluster");
  context.services.controller.submit(
    (view) => decide(view, request, (topic) => mayAll || context.may("delete", { topic })),
    (responses) => reply({ responses }),
  );
});
