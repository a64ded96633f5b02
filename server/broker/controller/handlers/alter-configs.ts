import { AlterConfigs } from "../../../wire/apis/alter-configs.ts";
import { IncrementalAlterConfigs } from "../../../wire/apis/incremental-alter-configs.ts";
import { CLUSTER_AUTHORIZATION_FAILED, TOPIC_AUTHORIZATION_FAILED } from "../../../wire/errors.ts";
import { handler } from "../../network/handler.ts";
import { alterConfigs as decide, replacing, type ConfigAlteration, type ConfigAnswer } from "../alter-configs.ts";
import { TOPIC_RESOURCE } from "../image.ts";
import type { ControllerContext } from "./services.ts";

/** IncrementalAlterConfigs. */
export const incrementalAlterConfigs = handler(
  IncrementalAlterConfigs,
  (request, context: ControllerContext, reply) => {
    alter(context, request.resources, request.validateOnly, (responses) => reply({ responses }));
  },
);

/** AlterConfigs: what is not named goes back to its default. */
export const alterConfigs = handler(AlterConfigs, (request, context: ControllerContext, reply) => {
  const { view } = context.services.controller;
  const resources = request.resources.map((resource) => replacing(view, resource));
  alter(context, resources, request.validateOnly, (responses) => reply({ responses }));
});

function alter(
  context: ControllerContext,
  resources: readonly ConfigAlteration[],
  validateOnly: boolean,
  answer: (responses: readonly ConfigAnswer[]) => void,
): void {
  const may = ({ resourceType, resourceName }: ConfigAlteration): boolean =>
    context.may("alter-configs", resourceType === TOPIC_RESOURCE ? { topic: resourceName } : "cluster");
  const refused = resources
    .filter((resource) => !may(resource))
    .map(({ resourceType, resourceName }) => ({
      resourceType,
      resourceName,
      errorCode: resourceType === TOPIC_RESOURCE ? TOPIC_AUTHORIZATION_FAILED : CLUSTER_AUTHORIZATION_FAILED,
      errorMessage: "Authorization failed.",
    }));
  context.services.controller.submit(
    (view) => decide(view, resources.filter(may), validateOnly),
    (responses) => answer([...responses, ...refused]),
  );
}
