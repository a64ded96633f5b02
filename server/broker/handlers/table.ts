import { apiVersionsHandler } from "../network/api-versions.ts";
import { handlerTable, type HandlerTable } from "../network/handler.ts";
import { alterConfigs } from "./alter-configs.ts";
import { alterClientQuotas } from "./alter-client-quotas.ts";
import { alterPartitionReassignments } from "./alter-partition-reassignments.ts";
import { alterReplicaLogDirs } from "./alter-replica-log-dirs.ts";
import { alterUserScramCredentials } from "./alter-user-scram-credentials.ts";
import { createPartitions } from "./create-partitions.ts";
import { createTopics } from "./create-topics.ts";
import { deleteGroups } from "./delete-groups.ts";
import { deleteRecords } from "./delete-records.ts";
import { deleteTopics } from "./delete-topics.ts";
import { describeClientQuotas } from "./describe-client-quotas.ts";
import { describeCluster } from "./describe-cluster.ts";
import { describeConfigs } from "./describe-configs.ts";
import { describeGroups } from "./describe-groups.ts";
import { describeLogDirs } from "./describe-log-dirs.ts";
import { describeProducers } from "./describe-producers.ts";
import { describeQuorum } from "./describe-quorum.ts";
import { describeTopicPartitions } from "./describe-topic-partitions.ts";
import { describeUserScramCredentials } from "./describe-user-scram-credentials.ts";
import { electLeaders } from "./elect-leaders.ts";
import { featureLevels } from "./feature-levels.ts";
import { fetch } from "./fetch.ts";
import { findCoordinator } from "./find-coordinator.ts";
import { heartbeat } from "./heartbeat.ts";
import { incrementalAlterConfigs } from "./incremental-alter-configs.ts";
import { initProducerId } from "./init-producer-id.ts";
import { joinGroup } from "./join-group.ts";
import { leaveGroup } from "./leave-group.ts";
import { listConfigResources } from "./list-config-resources.ts";
import { listGroups } from "./list-groups.ts";
import { listOffsets } from "./list-offsets.ts";
import { listPartitionReassignments } from "./list-partition-reassignments.ts";
import { metadata } from "./metadata.ts";
import { offsetCommit } from "./offset-commit.ts";
import { offsetDelete } from "./offset-delete.ts";
import { offsetFetch } from "./offset-fetch.ts";
import { offsetForLeaderEpoch } from "./offset-for-leader-epoch.ts";
import { produce } from "./produce.ts";
import { saslAuthenticate } from "./sasl-authenticate.ts";
import { saslHandshake } from "./sasl-handshake.ts";
import type { BrokerServices } from "./services.ts";
import { syncGroup } from "./sync-group.ts";
import { unregisterBroker } from "./unregister-broker.ts";
import { updateFeatures } from "./update-features.ts";

/** Every API that a broker serves. ApiVersions and dispatch come from this list alone. */
export const brokerHandlers: HandlerTable<BrokerServices> = handlerTable([
  produce,
  fetch,
  listOffsets,
  metadata,
  offsetCommit,
  offsetFetch,
  findCoordinator,
  joinGroup,
  heartbeat,
  leaveGroup,
  syncGroup,
  describeGroups,
  listGroups,
  saslHandshake,
  apiVersionsHandler(
    () => brokerHandlers,
    ({ services }) => featureLevels(services.image()),
  ),
  createTopics,
  deleteTopics,
  deleteRecords,
  initProducerId,
  offsetForLeaderEpoch,
  describeConfigs,
  alterConfigs,
  alterReplicaLogDirs,
  describeLogDirs,
  saslAuthenticate,
  createPartitions,
  deleteGroups,
  incrementalAlterConfigs,
  electLeaders,
  alterPartitionReassignments,
  listPartitionReassignments,
  offsetDelete,
  describeClientQuotas,
  alterClientQuotas,
  describeUserScramCredentials,
  alterUserScramCredentials,
  describeQuorum,
  updateFeatures,
  unregisterBroker,
  describeCluster,
  describeProducers,
  listConfigResources,
  describeTopicPartitions,
]);
