import type { ConfigEntry, TopicConfigs } from "../../lib/contracts/configs.ts";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { describeConfigs } from "../client/admin/configs.ts";
import { describeAllTopics } from "../client/admin/topics.ts";
import type { Cluster } from "./cluster.ts";
import { configEntryOf } from "./config-entry.ts";
import { readTopicDefaults, withDefaults } from "./topic-defaults.ts";
import { defineUseCase } from "./use-case.ts";

/** Topics that are tried for the words of the catalogue: one may be forbidden. */
const TRIED = 5;

/**
 * Every config that a topic of this cluster can have, with its type, documentation and what a topic has that does not set it: DescribeConfigs of a
 * topic that is there, since Kafka has no catalogue of its own. In a cluster without topics, the names and values that a new one would have.
 */
export const readConfigCatalogue = defineUseCase<{ readonly cluster: string }, TopicConfigs>({
  failed: () => "The cluster's catalogue of settings could not be read",
  async run({ cluster }, _, title) {
    const entries = (await ofSomeTopic(cluster)) ?? (await ofNewTopic(cluster));
    if (entries !== undefined) return succeed({ entries: inOrder(entries), readAtMs: Date.now() });
    const detail = "It takes DescribeConfigs on one topic, or Create on the cluster.";
    return fail(
      problem({ code: "not-possible", title, detail, suggestion: "Settings can be written by their names." }),
    );
  },
});

async function ofSomeTopic(cluster: Cluster): Promise<ConfigEntry[] | undefined> {
  const topics = (await describeAllTopics(cluster.client)).filter(({ errorCode }) => errorCode === 0);
  const tried = topics.toSorted((a, b) => Number(a.isInternal) - Number(b.isInternal)).slice(0, TRIED);
  const resources = tried.map(({ name }) => ({ type: "topic" as const, name: name ?? "" }));
  const found = (await describeConfigs(cluster.client, resources)).find(({ errorCode }) => errorCode === 0);
  if (found === undefined) return undefined;
  const own = await withDefaults(
    cluster,
    found.configs.map((config) => configEntryOf(config, ["topic"])),
  );
  return own.filter(({ isReadOnly }) => !isReadOnly).map(asUnset);
}

/** The config as a topic has it that sets nothing. */
function asUnset(entry: ConfigEntry): ConfigEntry {
  const synonyms = entry.synonyms.filter(({ source }) => source !== "topic");
  const source = entry.source === "topic" ? (synonyms[0]?.source ?? "default") : entry.source;
  return { ...entry, value: entry.defaultValue, source, synonyms };
}

async function ofNewTopic(cluster: Cluster): Promise<ConfigEntry[] | undefined> {
  const defaults = await readTopicDefaults(cluster);
  return defaults?.map(({ name, value, source }) => ({
    name,
    value,
    defaultValue: value,
    source,
    type: typeOf(value),
    isSensitive: false,
    isReadOnly: false,
    documentation: null,
    synonyms: [],
  }));
}

/** The type that a value looks like, where the cluster does not tell one. */
function typeOf(value: string | null): ConfigEntry["type"] {
  if (value === "true" || value === "false") return "boolean";
  return value !== null && /^-?\d+$/.test(value) ? "long" : "unknown";
}

function inOrder(entries: readonly ConfigEntry[]): ConfigEntry[] {
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
