import type { BrokerDetail, BrokerTopic } from "../../lib/contracts/brokers.ts";
import type { ConfigEntry, ConfigSource } from "../../lib/contracts/configs.ts";
import { type Problem, problem, ProblemError } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { describeBrokerLogDirs } from "../client/admin/cluster.ts";
import { describeConfigs } from "../client/admin/configs.ts";
import { summariseBroker } from "./broker-summary.ts";
import type { Cluster } from "./cluster.ts";
import { configEntryOf } from "./config-entry.ts";
import type { ClusterSnapshot } from "./engine/sampler/snapshot.ts";
import { TREND_STEP_MS } from "./engine/sampler/trends.ts";
import { sampledOf } from "./sampled.ts";
import { settle } from "./settled.ts";
import { supervisedBrokers, withSupervised } from "./supervised-brokers.ts";
import { kafkaProblem } from "./to-problem.ts";
import { defineUseCase } from "./use-case.ts";

/** Where a broker's own values come from: without one, what stands behind holds. */
const OWN: readonly ConfigSource[] = ["dynamic-broker", "dynamic-default-broker", "static-broker"];

/** One broker: its line from the last sweep, its log directories and configs read now. */
export const describeBroker = defineUseCase<{ readonly cluster: string; readonly broker: number }, BrokerDetail>({
  failed: ({ broker }) => `Broker ${broker} could not be described`,
  async run(scope, { broker }) {
    const { snapshot, problems, sampler } = await sampledOf(scope);
    const supervised = await supervisedBrokers(scope);
    const state = withSupervised(snapshot, supervised).find(({ id }) => id === broker);
    if (state === undefined) return fail(brokerNotFound(broker));
    const { cluster } = scope;
    const { identity } = cluster;
    const isNamed = state.state !== "gone";
    const [directories, configs] = await Promise.all([
      settle(isNamed ? readDirectories(cluster, broker) : Promise.resolve([]), {
        title: "Log directories could not be read",
        identity,
      }),
      settle(isNamed ? brokerConfigs(cluster, broker) : Promise.resolve([]), {
        title: "The configuration could not be read",
        identity,
      }),
    ]);
    return succeed({
      ...summariseBroker(state, snapshot, sampler),
      supervised: supervised?.get(broker) ?? null,
      topics: topicsOf(snapshot, broker),
      logDirectories: directories.value ?? [],
      configs: configs.value ?? [],
      canControl: supervised !== null,
      trendStepMs: TREND_STEP_MS,
      problems: [...directories.problems, ...configs.problems, ...problems],
    });
  },
});

/** What the broker has of each topic, by name. */
function topicsOf({ topics }: ClusterSnapshot, broker: number): BrokerTopic[] {
  return topics
    .flatMap(({ name, partitions }): BrokerTopic[] => {
      const own = partitions.filter(({ replicaNodes }) => replicaNodes.includes(broker));
      if (name === null || own.length === 0) return [];
      const leaders = own.filter(({ leaderId }) => leaderId === broker).length;
      const outOfSync = own.filter(({ isrNodes }) => !isrNodes.includes(broker)).length;
      return [{ topic: name, leaders, replicas: own.length, outOfSync }];
    })
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));
}

/** A broker's configs by name, read from itself. Throws ProblemError when it refuses. */
export async function brokerConfigs({ client, identity }: Cluster, broker: number): Promise<ConfigEntry[]> {
  const [described] = await describeConfigs(client, [{ type: "broker", name: String(broker) }]);
  const errorCode = described?.errorCode ?? -1;
  if (described === undefined || errorCode !== 0) {
    const title = "The configuration could not be read";
    const needs = { operation: "DescribeConfigs", resource: "cluster" as const };
    const facts = [["broker", String(broker)]] as const;
    throw new ProblemError(kafkaProblem(errorCode, described?.errorMessage ?? null, { title, facts, needs, identity }));
  }
  return described.configs.map((config) => configEntryOf(config, OWN)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function readDirectories({ client, identity }: Cluster, broker: number): Promise<BrokerDetail["logDirectories"]> {
  const { errorCode: refusal, results } = await describeBrokerLogDirs(client, broker);
  const attempt = {
    title: "Log directories could not be read",
    needs: { operation: "Describe", resource: "cluster" as const },
    identity,
  };
  if (refusal !== 0) throw new ProblemError(kafkaProblem(refusal, null, attempt));
  return results.map(({ logDir, errorCode, topics, totalBytes, usableBytes }) => {
    const partitions = topics.flatMap((topic) => topic.partitions);
    return {
      path: logDir,
      replicas: partitions.length,
      sizeBytes: partitions.reduce((sum, { partitionSize }) => sum + partitionSize, 0),
      totalBytes: totalBytes > 0 ? totalBytes : null,
      usableBytes: totalBytes > 0 ? usableBytes : null,
      problem:
        errorCode === 0 ? null : kafkaProblem(errorCode, null, { ...attempt, facts: [["log directory", logDir]] }),
    };
  });
}

function brokerNotFound(broker: number): Problem {
  return problem({
    code: "broker-not-found",
    title: `There is no broker ${broker}`,
    detail: "The cluster does not name it, and no partition has a replica on it.",
    suggestion: "The list of brokers shows what there is.",
  });
}
