import type { BrokerReplica, BrokerReplicas } from "../../lib/contracts/brokers.ts";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { describeBrokerLogDirs } from "../client/admin/cluster.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import { kafkaProblem } from "./to-problem.ts";
import { defineUseCase } from "./use-case.ts";

/** Every replica of a broker with the log directory that it is in. */
export const listBrokerReplicas = defineUseCase<{ readonly cluster: string; readonly broker: number }, BrokerReplicas>({
  failed: ({ broker }) => `Replicas of broker ${broker} could not be listed`,
  async run({ cluster }, { broker }, title) {
    const { topics } = await cluster.topics.get();
    if (!cluster.client.metadata.brokers.has(broker)) {
      const detail = `The cluster does not name broker ${broker} now.`;
      return fail(problem({ code: "broker-unavailable", title, detail }));
    }
    const { errorCode, results } = await describeBrokerLogDirs(cluster.client, broker);
    if (errorCode !== 0) {
      const needs = { operation: "Describe", resource: "cluster" as const };
      return fail(kafkaProblem(errorCode, null, { title, needs, identity: cluster.identity }));
    }
    const roleOf = rolesOn(broker, topics);
    const replicas = results.flatMap(({ logDir, topics: held }) =>
      held.flatMap(({ name, partitions }) =>
        partitions.map((own): BrokerReplica => ({
          topic: name,
          partition: own.partitionIndex,
          path: logDir,
          sizeBytes: own.partitionSize,
          lagMessages: own.offsetLag,
          isFuture: own.isFutureKey,
          role: roleOf(name, own.partitionIndex),
        })),
      ),
    );
    return succeed({ replicas, paths: results.map(({ logDir }) => logDir), readAtMs: Date.now() });
  },
});

function rolesOn(
  broker: number,
  topics: readonly TopicMetadata[],
): (topic: string, partition: number) => BrokerReplica["role"] {
  const roles = new Map<string, BrokerReplica["role"]>();
  for (const { name, partitions } of topics)
    for (const { partitionIndex, leaderId, isrNodes, replicaNodes } of partitions)
      if (replicaNodes.includes(broker))
        roles.set(
          `${name}/${partitionIndex}`,
          leaderId === broker ? "leader" : isrNodes.includes(broker) ? "in-sync" : "lagging",
        );
  return (topic, partition) => roles.get(`${topic}/${partition}`) ?? "unknown";
}
