import type { TopicDetail } from "../../lib/contracts/topics.ts";
import { succeed } from "../../lib/result.ts";
import { describeConfigs } from "../client/admin/configs.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { Cluster } from "./cluster.ts";
import { findTopic } from "./find-topic.ts";
import { settle } from "./settled.ts";
import { columnKey } from "./topic-columns/column.ts";
import { readOffsetsColumn } from "./topic-columns/offsets-column.ts";
import { numberOf, type SettingsColumn, settingsOf, settingsProblem } from "./topic-columns/settings-column.ts";
import { readSizesColumn } from "./topic-columns/sizes-column.ts";
import { topicRights } from "./topic-rights.ts";
import { summariseTopic } from "./topic-summary.ts";
import { defineUseCase } from "./use-case.ts";

/** DescribeConfigs' number of the source "set on the topic itself" (DYNAMIC_TOPIC_CONFIG, KIP-226). */
const TOPIC_CONFIG = 1;

/** The facts of one topic, fresh from the cluster. */
export const describeTopic = defineUseCase<{ readonly cluster: string; readonly topic: string }, TopicDetail>({
  failed: ({ topic }) => `Topic ${topic} could not be described`,
  async run({ cluster }, input, title) {
    const found = await findTopic(cluster, input.topic, title);
    if (!found.ok) return found;
    const topic = found.value;
    const { identity } = cluster;
    const [offsets, sizes, settings] = await Promise.all([
      settle(readOffsetsColumn(cluster, [topic]), { title: "The number of messages could not be read", identity }),
      settle(readSizesColumn(cluster, [topic], { only: true }), { title: "The size could not be read", identity }),
      settle(readAllSettings(cluster, topic), { title: "The settings could not be read", identity }),
    ]);
    const columns = { offsets: offsets.value, sizes: sizes.value, settings: settings.value };
    return succeed({
      ...summariseTopic(topic, columns),
      rights: topicRights(topic),
      changedConfigs: settings.value?.changedConfigs ?? null,
      localRetention: settings.value?.localRetention ?? null,
      problems: [offsets, sizes, settings].flatMap(({ value, problems }) => [...problems, ...(value?.problems ?? [])]),
      readAtMs: Date.now(),
    });
  },
});

async function readAllSettings(
  cluster: Cluster,
  topic: TopicMetadata,
): Promise<SettingsColumn & Pick<TopicDetail, "changedConfigs" | "localRetention">> {
  const name = topic.name ?? "";
  const covers = new Set([columnKey(topic)]);
  const [described] = await describeConfigs(cluster.client, [{ type: "topic", name }], { details: false });
  if (described === undefined || described.errorCode !== 0) {
    const problems = described ? [settingsProblem(described, cluster.identity)] : [];
    return { covers, values: new Map(), problems, changedConfigs: null, localRetention: null };
  }
  const changedConfigs = described.configs.filter(({ configSource }) => configSource === TOPIC_CONFIG).length;
  const settings = settingsOf(described);
  const localRetention = settings.isTiered
    ? { ms: numberOf(described, "local.retention.ms"), bytes: numberOf(described, "local.retention.bytes") }
    : null;
  return { covers, values: new Map([[name, settings]]), problems: [], changedConfigs, localRetention };
}
