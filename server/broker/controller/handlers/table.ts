import { featureLevels } from "../../handlers/feature-levels.ts";
import { apiVersionsHandler } from "../../network/api-versions.ts";
import { handlerTable, type HandlerTable } from "../../network/handler.ts";
import { alterConfigs, incrementalAlterConfigs } from "./alter-configs.ts";
import { alterClientQuotas } from "./alter-client-quotas.ts";
import { alterPartitionReassignments } from "./alter-partition-reassignments.ts";
import { alterUserScramCredentials } from "./alter-user-scram-credentials.ts";
import {
  allocateProducerIds,
  alterPartition,
  assignReplicasToDirs,
  brokerHeartbeat,
  brokerRegistration,
} from "./brokers.ts";
import { electLeaders, unregisterBroker, updateFeatures } from "./cluster.ts";
import { createPartitions } from "./create-partitions.ts";
import { createTopics } from "./create-topics.ts";
import { deleteTopics } from "./delete-topics.ts";
import { describeCluster } from "./describe-cluster.ts";
import { describeQuorum } from "./describe-quorum.ts";
import { envelopeHandler } from "./envelope.ts";
import { fetchSnapshot } from "./fetch-snapshot.ts";
import { fetch } from "./fetch.ts";
import { listPartitionReassignments } from "./list-partition-reassignments.ts";
import type { ControllerServices } from "./services.ts";

/** What clients ask of the controller, directly or through a broker's Envelope. */
const clientHandlers = [
  createTopics,
  deleteTopics,
  createPartitions,
  incrementalAlterConfigs,
  alterConfigs,
  electLeaders,
  alterClientQuotas,
  alterUserScramCredentials,
  alterPartitionReassignments,
  listPartitionReassignments,
  unregisterBroker,
  updateFeatures,
  describeQuorum,
];

const forwardable: HandlerTable<ControllerServices> = handlerTable(clientHandlers);

/** Every API that the controller serves. */
export const controllerHandlers: HandlerTable<ControllerServices> = handlerTable([
  ...clientHandlers,
  describeCluster,
  fetch,
  fetchSnapshot,
  brokerRegistration,
  brokerHeartbeat,
  alterPartition,
  allocateProducerIds,
  assignReplicasToDirs,
  envelopeHandler(() => forwardable),
  apiVersionsHandler(
    () => controllerHandlers,
    ({ services }) => featureLevels(services.controller.image),
  ),
]);
