import type { TopicConfigs } from "../../lib/contracts/configs.ts";
import { fail, succeed } from "../../lib/result.ts";
import { describeConfigs } from "../client/admin/configs.ts";
import { configEntryOf } from "./config-entry.ts";
import { findTopic } from "./find-topic.ts";
import { kafkaProblem } from "./to-problem.ts";
import { withDefaults } from "./topic-defaults.ts";
import { defineUseCase } from "./use-case.ts";

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
    const own = described.configs.map((config) => configEntryOf(config, ["topic"]));
    const entries = (await withDefaults(cluster, own)).sort((a, b) => (a.name < b.name ? -1 : 1));
    return succeed({ entries, readAtMs: Date.now() });
  },
});
