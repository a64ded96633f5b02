import { AllocateProducerIds } from "../../../wire/apis/allocate-producer-ids.ts";
import { AlterPartition } from "../../../wire/apis/alter-partition.ts";
import { AssignReplicasToDirs } from "../../../wire/apis/assign-replicas-to-dirs.ts";
import { BrokerHeartbeat } from "../../../wire/apis/broker-heartbeat.ts";
import { BrokerRegistration } from "../../../wire/apis/broker-registration.ts";
import { CLUSTER_AUTHORIZATION_FAILED } from "../../../wire/errors.ts";
import { handler } from "../../network/handler.ts";
import { allocateProducerIds as decideProducerIds } from "../allocate-producer-ids.ts";
import { alterPartition as decideAlterPartition } from "../alter-partition.ts";
import { assignReplicasToDirs as decideDirectories } from "../assign-replicas-to-dirs.ts";
import type { ControllerContext } from "./services.ts";

const refused = { errorCode: CLUSTER_AUTHORIZATION_FAILED } as const;

/** BrokerRegistration. */
export const brokerRegistration = handler(BrokerRegistration, (request, context: ControllerContext, reply) => {
  if (!context.may("cluster-action", "cluster")) return reply(refused);
  context.services.controller.register(request, reply);
});

/** BrokerHeartbeat. */
export const brokerHeartbeat = handler(BrokerHeartbeat, (request, context: ControllerContext, reply) => {
  if (!context.may("cluster-action", "cluster")) return reply(refused);
  context.services.controller.heartbeat(request, reply);
});

/** AlterPartition. */
export const alterPartition = handler(AlterPartition, (request, context: ControllerContext, reply) => {
  if (!context.may("cluster-action", "cluster")) return reply(refused);
  context.services.controller.submit((view) => decideAlterPartition(view, request), reply);
});

/** AllocateProducerIds. */
export const allocateProducerIds = handler(AllocateProducerIds, (request, context: ControllerContext, reply) => {
  if (!context.may("cluster-action", "cluster")) return reply(refused);
  context.services.controller.submit((view) => decideProducerIds(view, request), reply);
});

/** AssignReplicasToDirs. */
export const assignReplicasToDirs = handler(AssignReplicasToDirs, (request, context: ControllerContext, reply) => {
  if (!context.may("cluster-action", "cluster")) return reply(refused);
  context.services.controller.submit((view) => decideDirectories(view, request), reply);
});
