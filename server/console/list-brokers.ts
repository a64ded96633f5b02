import type { BrokerList } from "../../lib/contracts/brokers.ts";
import { succeed } from "../../lib/result.ts";
import { summariseBroker } from "./broker-summary.ts";
import { TREND_STEP_MS } from "./engine/sampler/trends.ts";
import { sampledOf } from "./sampled.ts";
import { supervisedBrokers, withSupervised } from "./supervised-brokers.ts";
import { isBelowMinIsr } from "./topic-summary.ts";
import { defineUseCase } from "./use-case.ts";

/** Every broker that the cluster names, or that partitions have a replica on. Asks no cluster after the first sweep. */
export const listBrokers = defineUseCase<{ readonly cluster: string }, BrokerList>({
  failed: () => "Brokers could not be listed",
  async run(scope) {
    const { snapshot, problems, sampler } = await sampledOf(scope);
    const supervised = await supervisedBrokers(scope);
    const partitions = snapshot.topics.flatMap((topic) => topic.partitions);
    const belowMinIsr = snapshot.topics.map((topic) => {
      const least = snapshot.minIsr.get(topic.name ?? "");
      return least === undefined
        ? null
        : topic.partitions.filter((partition) => isBelowMinIsr(partition, least)).length;
    });
    return succeed({
      brokers: withSupervised(snapshot, supervised).map((state) => ({
        ...summariseBroker(state, snapshot, sampler),
        supervised: supervised?.get(state.id) ?? null,
      })),
      partitions: partitions.length,
      underReplicated: partitions.filter(({ isrNodes, replicaNodes }) => isrNodes.length < replicaNodes.length).length,
      belowMinIsr: belowMinIsr.includes(null)
        ? null
        : belowMinIsr.reduce<number>((sum, count) => sum + (count ?? 0), 0),
      offline: partitions.filter(({ leaderId }) => leaderId < 0).length,
      canControl: supervised !== null,
      trendStepMs: TREND_STEP_MS,
      problems: [...problems],
      readAtMs: snapshot.readAtMs,
    });
  },
});
