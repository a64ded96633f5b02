import type { TopicGroups } from "../../lib/contracts/groups.ts";
import { fail, succeed } from "../../lib/result.ts";
import { TREND_STEP_MS } from "./engine/sampler/trends.ts";
import { findTopic } from "./find-topic.ts";
import { groupPartitions } from "./group-partitions.ts";
import { summariseGroup, topicsOf } from "./group-summary.ts";
import { sampledOf } from "./sampled.ts";
import { defineUseCase } from "./use-case.ts";

/** Who reads a topic: groups that have committed in it or are assigned its partitions, from the last sweep. */
export const listTopicGroups = defineUseCase<{ readonly cluster: string; readonly topic: string }, TopicGroups>({
  failed: ({ topic }) => `Consumers of ${topic} could not be listed`,
  async run(scope, { topic }, title) {
    const found = await findTopic(scope.cluster, topic, title);
    if (!found.ok) return found;
    const { snapshot, problems, sampler } = await sampledOf(scope);
    const { groups, offsets } = snapshot;
    const [reason] = problems;
    if (groups === null && reason !== undefined) return fail({ ...reason, title });
    const readers = [...(groups?.value.values() ?? [])].filter((group) => topicsOf(group).includes(topic));
    return succeed({
      groups: readers.map((group) => {
        const partitions = groupPartitions({
          offsets: group.offsets ?? [],
          members: group.members ?? [],
          topics: new Set([topic]),
          boundsOf: (name, partition) => offsets?.value.get(name)?.get(partition),
          sampler,
          groupId: group.groupId,
        });
        return { ...summariseGroup(group, sampler), partitions: partitions.filter((own) => own.topic === topic) };
      }),
      trendStepMs: TREND_STEP_MS,
      problems: [...problems],
      readAtMs: groups?.readAtMs ?? snapshot.readAtMs,
    });
  },
});
