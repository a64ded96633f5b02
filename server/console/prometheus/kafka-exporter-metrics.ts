import type { ClusterSnapshot } from "../engine/sampler/snapshot.ts";
import { type Family, gauge, type Labels } from "./exposition.ts";
import { committedOf, offsetsOf, partitionsOf, sumByTopic } from "./samples.ts";

/** The metrics of kafka_exporter under its names and labels, with the cluster's name as one label more: its users' dashboards and rules work as they are. */
export function* kafkaExporterMetrics(cluster: string, snapshot: ClusterSnapshot): Generator<Family> {
  const own = { cluster };
  const partition = (topic: string, index: number): Labels => ({ ...own, topic, partition: index });
  yield gauge("kafka_brokers", "Number of brokers in the cluster.", [[own, snapshot.brokers.length]]);
  yield gauge(
    "kafka_broker_info",
    "Information about a broker.",
    snapshot.brokers.map(({ id, host, port }) => [{ ...own, id, address: `${host}:${port}` }, 1]),
  );
  yield gauge(
    "kafka_topic_partitions",
    "Number of partitions of a topic.",
    snapshot.topics.map(({ name, partitions }) => [{ ...own, topic: name ?? "" }, partitions.length]),
  );
  yield gauge(
    "kafka_topic_partition_current_offset",
    "End offset of a partition.",
    offsetsOf(snapshot, ({ end }) => end, partition),
  );
  yield gauge(
    "kafka_topic_partition_oldest_offset",
    "First offset of a partition.",
    offsetsOf(snapshot, ({ start }) => start, partition),
  );
  yield gauge(
    "kafka_topic_partition_leader",
    "Leader of a partition.",
    partitionsOf(snapshot, ({ leaderId }) => leaderId, partition),
  );
  yield gauge(
    "kafka_topic_partition_leader_is_preferred",
    "1 if the preferred replica leads the partition.",
    partitionsOf(snapshot, ({ leaderId, replicaNodes }) => (leaderId === replicaNodes[0] ? 1 : 0), partition),
  );
  yield gauge(
    "kafka_topic_partition_replicas",
    "Number of replicas of a partition.",
    partitionsOf(snapshot, ({ replicaNodes }) => replicaNodes.length, partition),
  );
  yield gauge(
    "kafka_topic_partition_in_sync_replica",
    "Number of in-sync replicas of a partition.",
    partitionsOf(snapshot, ({ isrNodes }) => isrNodes.length, partition),
  );
  yield gauge(
    "kafka_topic_partition_under_replicated_partition",
    "1 if the partition is under-replicated.",
    partitionsOf(snapshot, ({ isrNodes, replicaNodes }) => (isrNodes.length < replicaNodes.length ? 1 : 0), partition),
  );
  yield* groupMetrics(own, snapshot);
}

function* groupMetrics(own: { readonly cluster: string }, snapshot: ClusterSnapshot): Generator<Family> {
  const groupTopic = (consumergroup: string, topic: string): Labels => ({ ...own, consumergroup, topic });
  const groupPartition = (consumergroup: string, topic: string, partition: number): Labels => ({
    ...groupTopic(consumergroup, topic),
    partition,
  });
  const groups = [...(snapshot.groups?.value.values() ?? [])];
  yield gauge(
    "kafka_consumergroup_current_offset",
    "Committed offset of a group in a partition.",
    committedOf(groups, ({ offset }) => offset, groupPartition),
  );
  yield gauge(
    "kafka_consumergroup_current_offset_sum",
    "Sum of a group's committed offsets in a topic.",
    sumByTopic(groups, ({ offset }) => offset, groupTopic),
  );
  yield gauge(
    "kafka_consumergroup_lag",
    "Messages of a partition that a group has not read.",
    committedOf(groups, ({ lag }) => lag, groupPartition),
  );
  yield gauge(
    "kafka_consumergroup_lag_sum",
    "Messages of a topic that a group has not read.",
    sumByTopic(groups, ({ lag }) => lag, groupTopic),
  );
  yield gauge(
    "kafka_consumergroup_members",
    "Number of members of a group.",
    groups.flatMap(({ groupId, members }) =>
      members === null ? [] : [[{ ...own, consumergroup: groupId }, members.length] as const],
    ),
  );
}
