import { randomBytes } from "node:crypto";
import type { ConfigEntry } from "../../lib/contracts/configs.ts";
import { createTopics } from "../client/admin/topics.ts";
import type { Cluster } from "./cluster.ts";
import { configSourceOf } from "./config-entry.ts";

/** What a new topic would have of a config, and from where. */
export type TopicDefault = {
  readonly name: string;
  readonly value: string | null;
  readonly source: ConfigEntry["source"];
};

/**
 * What a topic has that sets nothing: the configs in the answer to the making of one that is only checked (KIP-525). Undefined where that is not
 * allowed, or the cluster is older than Kafka 2.4.
 */
export async function readTopicDefaults({ client }: Cluster): Promise<readonly TopicDefault[] | undefined> {
  const name = `odradek-defaults-${randomBytes(8).toString("hex")}`;
  const [answer] = await createTopics(client, [{ name, partitions: 1, replicationFactor: -1 }], { validateOnly: true });
  if (answer === undefined || answer.errorCode !== 0 || (answer.configs ?? []).length === 0) return undefined;
  return answer.configs?.map((config) => ({
    name: config.name,
    value: config.value,
    source: configSourceOf(config.configSource),
  }));
}

/** Fills in what values of their own hide: Kafka names no synonym where nothing is set for all topics. */
export async function withDefaults(cluster: Cluster, entries: readonly ConfigEntry[]): Promise<ConfigEntry[]> {
  const isHidden = ({ source, defaultValue }: ConfigEntry) => source === "topic" && defaultValue === null;
  const defaults = entries.some(isHidden) ? await readTopicDefaults(cluster) : undefined;
  if (defaults === undefined) return [...entries];
  const byName = new Map(defaults.map((one) => [one.name, one]));
  return entries.map((entry) => {
    const found = isHidden(entry) ? byName.get(entry.name) : undefined;
    if (found === undefined) return entry;
    const { name, value, source } = found;
    return { ...entry, defaultValue: value, synonyms: [...entry.synonyms, { name, value, source }] };
  });
}
