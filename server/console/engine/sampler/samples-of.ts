import type { SeriesKey, SeriesKind } from "../../../../lib/contracts/history.ts";
import type { Sample } from "../history/history.ts";
import type { Counters } from "./counters.ts";
import type { LagTimes } from "./lag-times.ts";
import { type ClusterSnapshot, partitionKey, totalLag } from "./snapshot.ts";

/** Lags of single partitions in one sweep; a cluster with more keeps those of the groups as a whole. */
const PARTITION_SAMPLES_MAX = 20_000;

/** The series that every sweep writes: how long it is kept is how long the cluster is. */
export const EVERY_SWEEP: SeriesKey = { kind: "cluster-offline", name: "", part: "" };

/** What a sweep adds to the history. Facts that were not read in this sweep add nothing: an old number is no new point. */
export function samplesOf(
  snapshot: ClusterSnapshot,
  counters: Counters,
  lagTimes: Pick<LagTimes, "ofGroup" | "ofPartitions">,
): Sample[] {
  return [
    ...topicSamples(snapshot, counters),
    ...groupSamples(snapshot, counters, lagTimes),
    ...brokerSamples(snapshot),
    ...clusterSamples(snapshot, counters),
  ];
}

/** Lag of all groups by topic. A topic that no group has read is not there, nor one with an end that is not known: a sum of some is no total. */
export function lagByTopic({ groups }: ClusterSnapshot): Map<string, number> {
  const lags = new Map<string, number>();
  const unknown = new Set<string>();
  for (const { lagOf, offsets } of groups?.value.values() ?? [])
    for (const { topic, partition } of offsets ?? []) {
      const lag = lagOf.get(partitionKey(topic, partition));
      if (lag === undefined) unknown.add(topic);
      else lags.set(topic, (lags.get(topic) ?? 0) + lag);
    }
  for (const topic of unknown) lags.delete(topic);
  return lags;
}

function topicSamples(snapshot: ClusterSnapshot, counters: Counters): Sample[] {
  const { topics, offsets, disks } = snapshot;
  const samples: Sample[] = [];
  const lags = lagByTopic(snapshot);
  for (const { name, partitions } of topics) {
    const topic = name ?? "";
    const known = isNew(snapshot, offsets) ? offsets?.value.get(topic) : undefined;
    if (known !== undefined && known.size === partitions.length)
      samples.push(
        sample(
          "topic-end",
          topic,
          [...known.values()].reduce((sum, { end }) => sum + end, 0),
        ),
      );
    const size = isNew(snapshot, disks) ? disks?.value.topics.get(topic) : undefined;
    if (size !== undefined) samples.push(sample("topic-size", topic, size));
    const lag = isNew(snapshot, offsets) && isNew(snapshot, snapshot.groups) ? lags.get(topic) : undefined;
    if (lag !== undefined) samples.push(sample("topic-lag", topic, lag));
    const consumed = isNew(snapshot, snapshot.groups) ? counters.consumedOfTopic(topic) : undefined;
    if (consumed !== undefined) samples.push(sample("topic-consumed", topic, consumed));
  }
  return samples;
}

function groupSamples(
  snapshot: ClusterSnapshot,
  counters: Counters,
  lagTimes: Pick<LagTimes, "ofGroup" | "ofPartitions">,
): Sample[] {
  const groups = [...(snapshot.groups?.value.values() ?? [])].filter(({ readAtMs }) => readAtMs >= snapshot.readAtMs);
  const partitions = groups.reduce((sum, { lagOf }) => sum + lagOf.size, 0);
  const samples: Sample[] = [];
  for (const { groupId, lagMessages, lagOf, offsets } of groups) {
    if (offsets !== null) samples.push(sample("group-consumed", groupId, counters.consumedByGroup(groupId)));
    if (lagMessages === null || !isNew(snapshot, snapshot.offsets)) continue;
    samples.push(sample("group-lag", groupId, lagMessages));
    const time = lagTimes.ofGroup(groupId);
    if (time !== undefined) samples.push(sample("group-lag-time", groupId, Math.round(time.ms)));
    if (partitions > PARTITION_SAMPLES_MAX) continue;
    const ages = lagTimes.ofPartitions(groupId);
    for (const [part, lag] of lagOf) {
      samples.push(sample("group-partition-lag", groupId, lag, part));
      const ageMs = lag === 0 ? 0 : ages.get(part);
      if (ageMs !== undefined) samples.push(sample("group-partition-lag-time", groupId, Math.round(ageMs), part));
    }
  }
  return samples;
}

function brokerSamples(snapshot: ClusterSnapshot): Sample[] {
  const { brokers, topics, disks, answers } = snapshot;
  const leaders = new Map<number, number>();
  for (const { leaderId } of topics.flatMap(({ partitions }) => partitions))
    leaders.set(leaderId, (leaders.get(leaderId) ?? 0) + 1);
  return brokers.flatMap(({ id }) => {
    const name = String(id);
    const size = isNew(snapshot, disks) ? disks?.value.brokers.get(id)?.sizeBytes : undefined;
    const answer = isNew(snapshot, answers) ? answers?.value.get(id) : undefined;
    return [
      sample("broker-leaders", name, leaders.get(id) ?? 0),
      ...(size === undefined ? [] : [sample("broker-size", name, size)]),
      ...(answer && "latencyMs" in answer
        ? [sample("broker-latency", name, Math.round(answer.latencyMs * 1_000))]
        : []),
    ];
  });
}

function clusterSamples(snapshot: ClusterSnapshot, counters: Counters): Sample[] {
  const { topics, disks, groups, offsets } = snapshot;
  const partitions = topics.flatMap((topic) => topic.partitions);
  const lag = isNew(snapshot, groups) && isNew(snapshot, offsets) ? totalLag(snapshot) : null;
  const size = [...(disks?.value.brokers.values() ?? [])].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return [
    sample(
      "cluster-under-replicated",
      "",
      partitions.filter(({ isrNodes, replicaNodes }) => isrNodes.length < replicaNodes.length).length,
    ),
    sample("cluster-offline", "", partitions.filter(({ leaderId }) => leaderId < 0).length),
    ...(isNew(snapshot, offsets) ? [sample("cluster-produced", "", counters.produced)] : []),
    ...(isNew(snapshot, groups) ? [sample("cluster-consumed", "", counters.consumed)] : []),
    ...(lag === null ? [] : [sample("cluster-lag", "", lag)]),
    ...(isNew(snapshot, disks) ? [sample("cluster-size", "", size)] : []),
  ];
}

function isNew(snapshot: ClusterSnapshot, part: { readonly readAtMs: number } | null): boolean {
  return part !== null && part.readAtMs >= snapshot.readAtMs;
}

function sample(kind: SeriesKind, name: string, value: number, part = ""): Sample {
  return { kind, name, part, value };
}
