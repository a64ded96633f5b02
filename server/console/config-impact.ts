import type { Impact } from "../../lib/contracts/changes.ts";
import { formatBytes, formatNumberOf, formatRetention } from "../../lib/format.ts";
import type { Problem } from "../../lib/problem.ts";
import { EARLIEST, LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import { describeAllTopics, describeTopic } from "../client/admin/topics.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { ConfigsNow } from "./alter-topic-configs.ts";
import type { Cluster } from "./cluster.ts";
import { settle } from "./settled.ts";
import { localRetentionImpact, remoteBytesImpact, remoteStorageImpact } from "./tiered-impact.ts";
import { readSizesColumn } from "./topic-columns/sizes-column.ts";
import { replicationFactorOf } from "./topic-summary.ts";
import type { Scope } from "./use-case.ts";

/** A config before and after, as it holds: without a value of its own what the cluster gives. */
type Held = {
  readonly topic: TopicMetadata;
  readonly was: string | null;
  readonly is: string | null;
  readonly policy: string;
  /** It is, or will be, in remote log storage. */
  readonly isTiered: boolean;
};

const localRetention = ["local.retention.ms", "local.retention.bytes"] as const;

type Found = { readonly impact: readonly Impact[]; readonly problems: readonly Problem[] };

/** What changed configs do to the messages that are there, and to those who produce and read. */
export async function configImpact({ cluster }: Scope, changes: readonly ConfigsNow[]): Promise<Found> {
  const topics = await metadataOf(cluster, changes);
  const held = (name: string): Held[] =>
    changes.flatMap(({ topic, configs, now }) => {
      const metadata = topics.get(topic);
      const entry = now.get(name);
      if (!(name in configs) || metadata === undefined) return [];
      const is = configs[name] ?? entry?.defaultValue ?? null;
      const policy = configs["cleanup.policy"] ?? now.get("cleanup.policy")?.value ?? "delete";
      const isTiered = (configs["remote.storage.enable"] ?? now.get("remote.storage.enable")?.value) === "true";
      return [{ topic: metadata, was: entry?.value ?? null, is, policy, isTiered }];
    });
  const { identity } = cluster;
  const [byTime, bySize] = await Promise.all([
    settle(retentionTime(cluster, held("retention.ms")), { title: "Messages that go could not be counted", identity }),
    settle(retentionSize(cluster, held("retention.bytes")), { title: "Bytes that go could not be told", identity }),
  ]);
  return {
    impact: [
      ...(byTime.value ?? []),
      ...(bySize.value ?? []),
      ...held("cleanup.policy").flatMap(policyImpact),
      ...held("min.insync.replicas").flatMap(minIsrImpact),
      ...held("max.message.bytes").flatMap(maxBytesImpact),
      ...held("unclean.leader.election.enable").flatMap(uncleanImpact),
      ...held("remote.storage.enable").flatMap(remoteStorageImpact),
      ...localRetention.flatMap((name) => held(name).flatMap((one) => localRetentionImpact(name, one))),
    ],
    problems: [...byTime.problems, ...bySize.problems],
  };
}

async function metadataOf({ client }: Cluster, changes: readonly ConfigsNow[]): Promise<Map<string, TopicMetadata>> {
  const [only] = changes;
  const found =
    changes.length === 1 && only ? [await describeTopic(client, only.topic)] : await describeAllTopics(client);
  return new Map(found.flatMap((topic) => (topic?.errorCode === 0 ? [[topic.name ?? "", topic] as const] : [])));
}

/** A limit that is stronger than the one before; negative is none. */
function isLower(was: string | null, is: string | null): is is string {
  const [before, after] = [Number(was ?? -1), Number(is ?? -1)];
  return after >= 0 && (before < 0 || after < before);
}

async function retentionTime({ client }: Cluster, held: readonly Held[]): Promise<Impact[]> {
  const lowered = held.filter(({ was, is, policy }) => isLower(was, is) && policy.includes("delete"));
  if (lowered.length === 0) return [];
  const nowMs = Date.now();
  const partitions = lowered.flatMap(({ topic, is }) =>
    topic.partitions.map(({ partitionIndex }) => ({
      topic: topic.name ?? "",
      partition: partitionIndex,
      atMs: Math.max(0, nowMs - Number(is)),
    })),
  );
  const ask = (timestampOf: (one: (typeof partitions)[number]) => number) =>
    listOffsets(
      client,
      partitions.map((one) => ({ ...one, timestampMs: timestampOf(one) })),
    );
  const [starts, kept, ends] = [await ask(() => EARLIEST), await ask(({ atMs }) => atMs), await ask(() => LATEST)];
  let lost = 0;
  for (const [index] of partitions.entries()) {
    const [start, from, end] = [starts[index], kept[index], ends[index]];
    if (start?.errorCode !== 0 || from?.errorCode !== 0 || end?.errorCode !== 0) continue;
    lost += Math.max(0, (from.offset < 0 ? end.offset : from.offset) - start.offset);
  }
  const [first] = lowered;
  const limit = lowered.length === 1 && first ? formatRetention(Number(first.is)) : "the new limit";
  if (lost === 0) return [{ severity: "info", text: `No message is older than ${limit} now.` }];
  const text = `${formatNumberOf(lost, "message")} older than ${limit} go for good, segment by segment, from the next check of the brokers on (log.retention.check.interval.ms).`;
  return [{ severity: "critical", text }];
}

async function retentionSize(cluster: Cluster, held: readonly Held[]): Promise<Impact[]> {
  const lowered = held.filter(({ was, is, policy }) => isLower(was, is) && policy.includes("delete"));
  if (lowered.length === 0) return [];
  const sizes = await readSizesColumn(
    cluster,
    lowered.map(({ topic }) => topic),
    { only: true },
  );
  let over = 0;
  let partitions = 0;
  for (const { topic, is } of lowered) {
    const replicas = sizes.values.get(topic.name ?? "") ?? [];
    for (const { partitionIndex, leaderId } of topic.partitions) {
      const size =
        replicas.find(({ broker, partition }) => broker === leaderId && partition === partitionIndex)?.sizeBytes ?? 0;
      if (size > Number(is)) {
        over += size - Number(is);
        partitions += 1;
      }
    }
  }
  const remote = remoteBytesImpact(lowered.filter(({ isTiered }) => isTiered).length);
  if (partitions === 0)
    return remote.length > 0 ? remote : [{ severity: "info", text: "No partition is larger than the new limit now." }];
  const text = `About ${formatBytes(over)} in ${formatNumberOf(partitions, "partition")} are over the new limit: the oldest messages go for good.`;
  return [{ severity: "critical", text }, ...remote];
}

function policyImpact({ was, is }: Held): Impact[] {
  const [before, after] = [was ?? "delete", is ?? "delete"];
  const found: Impact[] = [];
  if (after.includes("compact") && !before.includes("compact")) {
    found.push({
      severity: "warning",
      text: "Messages without a key are refused from now on: producers see INVALID_RECORD.",
    });
    found.push({
      severity: "critical",
      text: "Of messages with the same key only the last stays: the older ones go for good.",
    });
  }
  if (after.includes("delete") && !before.includes("delete"))
    found.push({
      severity: "critical",
      text: "Messages older than retention.ms go for good, also the last one of a key.",
    });
  if (!after.includes("delete") && before.includes("delete"))
    found.push({
      severity: "info",
      text: "Messages do not go by age or size any more: the topic keeps the last message of every key for ever.",
    });
  return found;
}

function minIsrImpact({ topic, was, is }: Held): Impact[] {
  const [before, after] = [Number(was ?? 1), Number(is ?? 1)];
  const replicas = replicationFactorOf(topic);
  if (after > replicas)
    return [
      {
        severity: "critical",
        text: `More than its ${formatNumberOf(replicas, "replica")}: brokers count no more than there are, so acks=all waits for every replica, and one broker that is away stops all producers (NOT_ENOUGH_REPLICAS).`,
      },
    ];
  const short = topic.partitions.filter(({ isrNodes }) => isrNodes.length < after).length;
  if (after > before && short > 0)
    return [
      {
        severity: "critical",
        text: `${formatNumberOf(short, "partition")} ${short === 1 ? "has" : "have"} fewer replicas in sync now: producers with acks=all see NOT_ENOUGH_REPLICAS at once.`,
      },
    ];
  if (after > before && after === replicas)
    return [
      {
        severity: "warning",
        text: "As many as there are replicas: one broker that is away stops producers with acks=all (NOT_ENOUGH_REPLICAS).",
      },
    ];
  if (after < before)
    return [
      {
        severity: "warning",
        text: `A message counts as written once ${formatNumberOf(after, "replica")} ${after === 1 ? "has" : "have"} it: fewer broken disks can lose it.`,
      },
    ];
  return [];
}

function maxBytesImpact({ was, is }: Held): Impact[] {
  if (!isLower(was, is)) return [];
  const text = `Producers of batches larger than ${formatBytes(Number(is))} see MESSAGE_TOO_LARGE (RecordTooLargeException). What is there stays.`;
  return [{ severity: "warning", text }];
}

function uncleanImpact({ was, is }: Held): Impact[] {
  if (is !== "true" || was === "true") return [];
  const text =
    "A replica that missed messages may become leader when no other is left: these messages are then lost, and consumers may see OFFSET_OUT_OF_RANGE.";
  return [{ severity: "warning", text }];
}
