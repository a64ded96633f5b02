import type { ConfigEntry, ConfigSource, TopicConfigs } from "../../lib/contracts/configs.ts";
import { fail, succeed } from "../../lib/result.ts";
import { type DescribedConfigs, describeConfigs } from "../client/admin/configs.ts";
import { findTopic } from "./find-topic.ts";
import { kafkaProblem } from "./to-problem.ts";
import { defineUseCase } from "./use-case.ts";

/** DescribeConfigs' numbers of sources (KIP-226, KIP-714, KIP-848) at their index. */
const SOURCES = [
  "unknown",
  "topic",
  "dynamic-broker",
  "dynamic-default-broker",
  "static-broker",
  "default",
  "dynamic-broker-logger",
  "client-metrics",
  "group",
] as const satisfies readonly ConfigSource[];

/** DescribeConfigs' numbers of types (KIP-569) at their index. */
const TYPES = [
  "unknown",
  "boolean",
  "string",
  "int",
  "short",
  "long",
  "double",
  "list",
  "class",
  "password",
] as const satisfies readonly ConfigEntry["type"][];

/** A topic's settings with where each value comes from. */
export const describeTopicConfigs = defineUseCase<{ readonly cluster: string; readonly topic: string }, TopicConfigs>({
  failed: ({ topic }) => `The configuration of ${topic} could not be read`,
  async run({ cluster }, { topic }, title) {
    const found = await findTopic(cluster, topic, title);
    if (!found.ok) return found;
    const [described] = await describeConfigs(cluster.client, [{ type: "topic", name: topic }]);
    if (described === undefined || described.errorCode !== 0) {
      const attempt = {
        title,
        facts: [["topic", topic]] as const,
        needs: { operation: "DescribeConfigs", resource: { topic } },
        identity: cluster.identity,
      };
      return fail(kafkaProblem(described?.errorCode ?? -1, described?.errorMessage ?? null, attempt));
    }
    const entries = described.configs.map(entryOf).sort((a, b) => (a.name < b.name ? -1 : 1));
    return succeed({ entries, readAtMs: Date.now() });
  },
});

function entryOf(config: DescribedConfigs["configs"][number]): ConfigEntry {
  const synonyms = config.synonyms.map(({ name, value, source }) => ({ name, value, source: sourceOf(source) }));
  const source = sourceOf(config.configSource);
  const inherited = synonyms.find((synonym) => synonym.source !== "topic");
  return {
    name: config.name,
    value: config.value,
    defaultValue: source === "topic" ? (inherited?.value ?? null) : config.value,
    source,
    type: TYPES[config.configType] ?? "unknown",
    isSensitive: config.isSensitive,
    isReadOnly: config.readOnly,
    documentation: config.documentation,
    synonyms,
  };
}

function sourceOf(source: number): ConfigSource {
  return SOURCES[source] ?? "unknown";
}
