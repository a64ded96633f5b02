import type { ClusterSnapshot } from "../engine/sampler/snapshot.ts";
import { replicationFactorOf } from "../topic-summary.ts";
import { type Family, gauge, type Labels } from "./exposition.ts";
import { committedOf, offsetsOf, sumByTopic } from "./samples.ts";

/** The metrics of kminion under its names and labels, with the cluster's name as one label more. */
export function* kminionMetrics(cluster: string, snapshot: ClusterSnapshot): Generator<Family> {
  const own = { cluster };
  const { brokers, controllerId, topics, disks } = snapshot;
  const partition = (topic: string, index: number): Labels => ({ ...own, topic_name: topic, partition_id: index });
  yield gauge("kminion_kafka_cluster_info", "Kafka cluster information.", [
    [{ ...own, broker_count: brokers.length, controller_id: controllerId ?? -1 }, 1],
  ]);
  yield gauge(
    "kminion_kafka_broker_info",
    "Kafka broker information.",
    brokers.map(({ id, host, port, rack }) => [
      { ...own, broker_id: id, address: host, port, rack_id: rack ?? "", is_controller: String(id === controllerId) },
      1,
    ]),
  );
  yield gauge(
    "kminion_kafka_broker_log_dir_size_total_bytes",
    "Bytes on a broker's disks.",
    [...(disks?.value.brokers ?? [])].map(([id, { sizeBytes }]) => [{ ...own, broker_id: id }, sizeBytes]),
  );
  yield gauge(
    "kminion_kafka_topic_info",
    "Information about a topic.",
    topics.map((topic) => [
      {
        ...own,
        topic_name: topic.name ?? "",
        partition_count: topic.partitions.length,
        replication_factor: replicationFactorOf(topic),
      },
      1,
    ]),
  );
  yield gauge(
    "kminion_kafka_topic_log_dir_size_total_bytes",
    "Bytes of all replicas of a topic.",
    [...(disks?.value.topics ?? [])].map(([topic, size]) => [{ ...own, topic_name: topic }, size]),
  );
  yield gauge(
    "kminion_kafka_topic_partition_high_water_mark",
    "End offset of a partition.",
    offsetsOf(snapshot, ({ end }) => end, partition),
  );
  yield gauge(
    "kminion_kafka_topic_partition_low_water_mark",
    "First offset of a partition.",
    offsetsOf(snapshot, ({ start }) => start, partition),
  );
  yield* groupMetrics(own, snapshot);
}

function* groupMetrics(own: { readonly cluster: string }, { groups }: ClusterSnapshot): Generator<Family> {
  const all = [...(groups?.value.values() ?? [])];
  const groupTopic = (groupId: string, topic: string): Labels => ({ ...own, group_id: groupId, topic_name: topic });
  yield gauge(
    "kminion_kafka_consumer_group_info",
    "Information about a consumer group.",
    all.map(({ groupId, state, coordinator, protocolType, assignor }) => [
      {
        ...own,
        group_id: groupId,
        state,
        coordinator_id: coordinator,
        protocol: assignor,
        protocol_type: protocolType,
      },
      1,
    ]),
  );
  yield gauge(
    "kminion_kafka_consumer_group_members",
    "Number of members of a consumer group.",
    all.flatMap(({ groupId, members }) =>
      members === null ? [] : [[{ ...own, group_id: groupId }, members.length] as const],
    ),
  );
  yield gauge(
    "kminion_kafka_consumer_group_topic_lag",
    "Messages of a topic that a group has not read.",
    sumByTopic(all, ({ lag }) => lag, groupTopic),
  );
  yield gauge(
    "kminion_kafka_consumer_group_topic_partition_lag",
    "Messages of a partition that a group has not read.",
    committedOf(
      all,
      ({ lag }) => lag,
      (groupId, topic, partition) => ({ ...groupTopic(groupId, topic), partition_id: partition }),
    ),
  );
}
