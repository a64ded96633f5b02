import { AlterPartitionReassignments } from "../../../wire/apis/alter-partition-reassignments.ts";
import { CLUSTER_AUTHORIZATION_FAILED } from "../../../wire/errors.ts";
import { handler } from "../../network/handler.ts";
import { alterPartitionReassignments as decide } from "../alter-partition-reassignments.ts";
import type { ControllerContext } from "./services.ts";

/** AlterPartitionReassignments (KIP-455). */
export const alterPartitionReassignments = handler(
  AlterPartitionReassignments,
  (request, context: ControllerContext, reply) => {
    if (!context.may("alter", "cluster"))
      return reply({ errorCode: CLUSTER_AUTHORIZATION_FAILED, errorMessage: "Authorization failed." });
    context.services.controller.submit((view) => decide(view, request), reply);
  },
);
