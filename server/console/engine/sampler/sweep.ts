import type { Problem } from "../../../../lib/problem.ts";
import { kafkaVersionOf } from "../../kafka-version.ts";
import { probeBrokers } from "../../../client/admin/broker-probe.ts";
import { type BrokerLogDirs, describeLogDirs } from "../../../client/admin/cluster.ts";
import { findController } from "../../../client/admin/controller.ts";
import { ClientError } from "../../../client/client-error.ts";
import type { TopicMetadata } from "../../../client/metadata-image.ts";
import type { Cluster, TopicListing } from "../../cluster.ts";
import { type GroupsRead, readGroups } from "../../read-groups.ts";
import { settle } from "../../settled.ts";
import { type Attempt, kafkaProblem, toProblem } from "../../to-problem.ts";
import { distinctProblems } from "../../topic-columns/column.ts";
import { type OffsetsColumn, readOffsetsColumn } from "../../topic-columns/offsets-column.ts";
import type { SettingsColumn } from "../../topic-columns/settings-column.ts";
import {
  type BrokerAnswer,
  type BrokerDisk,
  type ClusterSnapshot,
  type Disks,
  type SampledGroup,
  type Timed,
  withLag,
} from "./snapshot.ts";

/** A broker that takes longer to say which versions it serves does not serve people. */
const PROBE_TIMEOUT_MS = 3_000;

/**
 * Asks a cluster once for everything that pages and history need of these topics. What could not be read keeps the time and value of `previous`,
 * and its reason stands in `problems`. Rejects only for bugs.
 */
export async function sweep(
  cluster: Cluster,
  { topics: all, readAtMs }: TopicListing,
  previous: ClusterSnapshot | undefined,
): Promise<ClusterSnapshot> {
  const { client, identity } = cluster;
  const topics = all.filter(({ errorCode }) => errorCode === 0);
  const byName = new Map(topics.map((topic) => [topic.name ?? "", topic]));
  // Offsets before ends: a lag is then never too small, and never below zero.
  const [groups, disks, answers, settings, controller] = await Promise.all([
    settle(readGroups(cluster), { title: "Groups could not be read", identity }),
    settle(readDisks(cluster, topics), { title: "Sizes could not be read", identity }),
    settle(readAnswers(cluster), { title: "Brokers could not be asked", identity }),
    settle(cluster.settings.get(), { title: "Settings of topics could not be read", identity }),
    // Who may not ask for it sees no controller: that is no trouble of the cluster.
    settle(findController(client), { title: "The controller could not be found", identity }),
  ]);
  const offsets = await settle(readOffsetsColumn(cluster, topics), { title: "Offsets could not be read", identity });
  const ends = timed(offsets.value?.values) ?? previous?.offsets ?? null;
  return {
    readAtMs,
    topics,
    brokers: [...client.metadata.brokers.values()].sort((a, b) => a.id - b.id),
    controllerId: controller.value ?? null,
    offsets: ends,
    disks: timed(disks.value?.value) ?? previous?.disks ?? null,
    answers: timed(answers.value) ?? previous?.answers ?? null,
    minIsr: settings.value ? minIsrOf(settings.value) : (previous?.minIsr ?? new Map()),
    groups: sampledGroups(groups.value, byName, offsets.value, previous) ?? previous?.groups ?? null,
    problems: distinctProblems([
      ...[groups, disks, answers, settings, offsets].flatMap(({ problems }) => problems),
      ...(groups.value?.problems ?? []),
      ...(disks.value?.problems ?? []),
      ...(offsets.value?.problems ?? []),
    ]),
  };
}

function timed<T>(value: T | undefined): Timed<T> | null {
  return value === undefined ? null : { value, readAtMs: Date.now() };
}

function minIsrOf({ values }: SettingsColumn): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [topic, { minInsyncReplicas }] of values)
    if (minInsyncReplicas !== null) found.set(topic, minInsyncReplicas);
  return found;
}

/** Groups of coordinators that gave no whole answer stay as they were known, with their old time. */
function sampledGroups(
  read: GroupsRead | undefined,
  topics: ReadonlyMap<string, TopicMetadata>,
  offsets: OffsetsColumn | undefined,
  previous: ClusterSnapshot | undefined,
): Timed<ReadonlyMap<string, SampledGroup>> | null {
  if (read === undefined) return null;
  const found = new Map<string, SampledGroup>();
  for (const [id, group] of previous?.groups?.value ?? [])
    if (read.silent.has(group.coordinator) && topics.size > 0) found.set(id, group);
  for (const group of read.groups) found.set(group.groupId, withLag(group, topics, offsets?.values));
  return { value: found, readAtMs: Date.now() };
}

async function readAnswers({ client, identity }: Cluster): Promise<ReadonlyMap<number, BrokerAnswer>> {
  const probes = await probeBrokers(client, { timeoutMs: PROBE_TIMEOUT_MS, elapsedMs: () => performance.now() });
  const answers = new Map<number, BrokerAnswer>();
  for (const { broker, answer } of probes) {
    const problem =
      answer instanceof ClientError
        ? toProblem(answer, { title: `Broker ${broker} does not answer`, identity })
        : undefined;
    if (problem) answers.set(broker, { problem });
    else if (!(answer instanceof ClientError))
      answers.set(broker, { latencyMs: answer.latencyMs, version: kafkaVersionOf(answer.told) });
  }
  return answers;
}

type DisksRead = { readonly value: Disks; readonly problems: readonly Problem[] };

async function readDisks(cluster: Cluster, topics: readonly TopicMetadata[]): Promise<DisksRead> {
  const { client, identity, directoryWatch } = cluster;
  const brokers = new Map<number, BrokerDisk>();
  const sizes = new Map<string, number>();
  const problems: Problem[] = [];
  const attempt: Attempt = {
    title: "Sizes could not be read from every broker",
    needs: { operation: "Describe", resource: "cluster" },
    identity,
  };
  for (const { broker, answer } of await describeLogDirs(client)) {
    const facts = [["broker", String(broker)]] as const;
    if (answer instanceof ClientError) problems.push(...problemsOf(answer, { ...attempt, facts }));
    else if (answer.errorCode !== 0) problems.push(kafkaProblem(answer.errorCode, null, { ...attempt, facts }));
    else {
      brokers.set(broker, diskOf(answer));
      directoryWatch.note(futuresOf(answer));
      for (const { name, partitions } of answer.results.flatMap((directory) => directory.topics))
        sizes.set(name, (sizes.get(name) ?? 0) + sizeOf(partitions));
    }
  }
  const isWhole = ({ partitions }: TopicMetadata) =>
    partitions.every(({ replicaNodes }) => replicaNodes.every((id) => brokers.has(id)));
  const whole = topics.filter(isWhole).map(({ name }) => [name ?? "", sizes.get(name ?? "") ?? 0] as const);
  return { value: { brokers, topics: new Map(whole) }, problems };
}

function problemsOf(error: ClientError, attempt: Attempt): Problem[] {
  const found = toProblem(error, attempt);
  return found ? [found] : [];
}

type LogDirsAnswer = Exclude<BrokerLogDirs["answer"], ClientError>;

function diskOf({ results }: LogDirsAnswer): BrokerDisk {
  const partitions = results.flatMap((directory) => directory.topics).flatMap((topic) => topic.partitions);
  // Directories on one file system tell the same numbers: it counts once.
  const volumes = new Map(
    results
      .filter(({ errorCode, totalBytes }) => errorCode === 0 && totalBytes > 0)
      .map(({ totalBytes, usableBytes }) => [`${totalBytes}/${usableBytes}`, { totalBytes, usableBytes }]),
  );
  const sum = (pick: "totalBytes" | "usableBytes") =>
    volumes.size === 0 ? null : [...volumes.values()].reduce((total, volume) => total + volume[pick], 0);
  return {
    sizeBytes: sizeOf(partitions),
    replicas: partitions.filter(({ isFutureKey }) => !isFutureKey).length,
    totalBytes: sum("totalBytes"),
    usableBytes: sum("usableBytes"),
  };
}

function futuresOf({ results }: LogDirsAnswer) {
  return results.flatMap(({ topics }) =>
    topics.flatMap(({ name: topic, partitions }) =>
      partitions.flatMap(({ isFutureKey, partitionIndex: partition }) => (isFutureKey ? { topic, partition } : [])),
    ),
  );
}

/** A future replica is a copy under way to another directory: it takes space of the disk, not of the topic. */
function sizeOf(partitions: readonly { readonly partitionSize: number; readonly isFutureKey: boolean }[]): number {
  return partitions.reduce((sum, { partitionSize, isFutureKey }) => sum + (isFutureKey ? 0 : partitionSize), 0);
}
