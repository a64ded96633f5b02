import { configMeaning } from "../../lib/config-meaning.ts";
import type { Impact } from "../../lib/contracts/changes.ts";
import { formatBytes, formatNumberOf } from "../../lib/format.ts";
import type { Problem } from "../../lib/problem.ts";
import { describeAllTopics, describeTopic } from "../client/admin/topics.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { ConfigsNow } from "./alter-topic-configs.ts";
import type { Cluster } from "./cluster.ts";
import { type Held, isLower, retentionSizeImpact, retentionTimeImpact } from "./retention-impact.ts";
import { settle } from "./settled.ts";
import { localRetentionImpact, remoteStorageImpact } from "./tiered-impact.ts";
import { readersOf } from "./topic-readers.ts";
import { replicationFactorOf } from "./topic-summary.ts";
import type { Scope } from "./use-case.ts";

const localRetention = ["local.retention.ms", "local.retention.bytes"] as const;

type Found = { readonly impact: readonly Impact[]; readonly problems: readonly Problem[] };

/** What changed configs do to the messages that are there, and to those who produce and read. */
export async function configImpact(scope: Scope, changes: readonly ConfigsNow[]): Promise<Found> {
  const { cluster } = scope;
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
  const isLessKept = changes.some(({ configs }) => "retention.ms" in configs || "retention.bytes" in configs);
  const { readers, problems } = isLessKept
    ? await readersOf(scope, new Set(topics.keys()))
    : { readers: [], problems: [] };
  const [byTime, bySize] = await Promise.all([
    settle(retentionTimeImpact(cluster, held("retention.ms"), readers), {
      title: "Messages that go could not be counted",
      identity,
    }),
    settle(retentionSizeImpact(cluster, held("retention.bytes"), readers), {
      title: "Bytes that go could not be told",
      identity,
    }),
  ]);
  return {
    impact: [
      ...(byTime.value ?? []),
      ...(bySize.value ?? []),
      ...held("cleanup.policy").flatMap(policyImpact),
      ...held("min.insync.replicas").flatMap(minIsrImpact),
      ...held("max.message.bytes").flatMap(maxBytesImpact),
      ...held("unclean.leader.election.enable").flatMap(uncleanImpact),
      ...held("compression.type").flatMap(compressionImpact),
      ...held("message.timestamp.type").flatMap(timestampTypeImpact),
      ...held("remote.storage.enable").flatMap(remoteStorageImpact),
      ...localRetention.flatMap((name) => held(name).flatMap((one) => localRetentionImpact(name, one))),
      ...originImpact(changes),
    ].filter(isFirstOfItsText),
    problems: [...byTime.problems, ...bySize.problems, ...problems],
  };
}

/** What holds without a value of the topic's own: before one is set, and after it is taken away. */
function originImpact(changes: readonly ConfigsNow[]): Impact[] {
  return changes.flatMap(({ configs, now }) =>
    Object.entries(configs).flatMap(([name, value]): Impact[] => {
      const entry = now.get(name);
      if (entry === undefined || (value !== null) === (entry.source === "topic") || entry.isSensitive) return [];
      const held = entry.defaultValue ?? "nothing";
      const meaning = configMeaning(name, held);
      const shown = meaning === undefined ? held : `${held} (${meaning})`;
      const text = value === null ? `${name} falls back to ${shown}.` : `${name} is ${shown} where it is not set.`;
      return [{ severity: "info", text }];
    }),
  );
}

/** What is said of each of many topics is said once. */
function isFirstOfItsText({ text }: Impact, index: number, all: readonly Impact[]): boolean {
  return all.findIndex((one) => one.text === text) === index;
}

async function metadataOf({ client }: Cluster, changes: readonly ConfigsNow[]): Promise<Map<string, TopicMetadata>> {
  const [only] = changes;
  const found =
    changes.length === 1 && only ? [await describeTopic(client, only.topic)] : await describeAllTopics(client);
  return new Map(found.flatMap((topic) => (topic?.errorCode === 0 ? [[topic.name ?? "", topic] as const] : [])));
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

/** Codecs of batches that clients before these versions of Kafka cannot read (KIP-110). */
function compressionImpact({ was, is }: Held): Impact[] {
  if (is === was || is === null) return [];
  if (is === "producer") return [{ severity: "info", text: "Batches are kept as producers compress them." }];
  const found: Impact[] = [
    {
      severity: "info",
      text: `New batches that are not ${is} are compressed again by their leader, which takes its processor. What is there stays.`,
    },
  ];
  if (is === "zstd")
    found.unshift({
      severity: "warning",
      text: "Consumers before Kafka 2.1 cannot read zstd: they see UNSUPPORTED_COMPRESSION_TYPE.",
    });
  return found;
}

function timestampTypeImpact({ was, is }: Held): Impact[] {
  if (is === was) return [];
  const text =
    is === "LogAppendTime"
      ? "New messages get the time at which their leader writes them; the time that producers give is lost. Retention and look-ups by time go by it."
      : "New messages keep the time that producers give. Retention and look-ups by time go by it, right or wrong.";
  return [{ severity: "warning", text }];
}
