import type { ChangeFacts } from "../../lib/contracts/changes.ts";
import type { Problem } from "../../lib/problem.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { Cluster } from "./cluster.ts";
import { ownConfigsOf } from "./own-configs.ts";
import { settle } from "./settled.ts";
import { messageCount, readOffsetsColumn } from "./topic-columns/offsets-column.ts";
import { replicationFactorOf, topicIdOf } from "./topic-summary.ts";

/** What topics are before they are deleted: enough to make one again, and how much goes with them. */
export type TopicsAsTheyWere = {
  readonly factsOf: (topics: readonly TopicMetadata[]) => ChangeFacts;
  /** Messages of one; null where they could not be counted. */
  readonly messagesOf: (topic: TopicMetadata) => number | null;
  /** Why they could not be. */
  readonly problems: readonly Problem[];
};

/** Reads that. Who may delete a topic need not have the right to describe it: what is not told is left out. */
export async function topicsAsTheyWere(cluster: Cluster, topics: readonly TopicMetadata[]): Promise<TopicsAsTheyWere> {
  const { identity } = cluster;
  const names = topics.map(({ name }) => name ?? "");
  const [configs, offsets] = await Promise.all([
    settle(ownConfigsOf(cluster, names), { title: "Settings could not be read", identity }),
    settle(readOffsetsColumn(cluster, topics), { title: "Messages could not be counted", identity }),
  ]);
  const configsOf = ({ name }: TopicMetadata) => configs.value?.get(name ?? "") ?? {};
  return {
    factsOf: (some) => {
      const [only] = some;
      if (some.length === 1 && only)
        return {
          partitions: String(only.partitions.length),
          "replication.factor": String(replicationFactorOf(only)),
          ...configsOf(only),
          id: topicIdOf(only),
        };
      return Object.fromEntries(some.map((topic) => [topic.name ?? "", inOneLine(topic, configsOf(topic))]));
    },
    messagesOf: ({ name, partitions }) => messageCount(partitions.length, offsets.value?.values.get(name ?? "")),
    problems: [...offsets.problems, ...(offsets.value?.problems ?? [])],
  };
}

function inOneLine(topic: TopicMetadata, configs: Readonly<Record<string, string>>): string {
  const shape = `${topic.partitions.length} × ${replicationFactorOf(topic)}, id ${topicIdOf(topic) ?? "none"}`;
  return [shape, ...Object.entries(configs).map(([name, value]) => `${name}=${value}`)].join(", ");
}
