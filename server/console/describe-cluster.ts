import type { ClusterSummary } from "../../lib/contracts/clusters.ts";
import { succeed } from "../../lib/result.ts";
import { findController } from "../client/admin/controller.ts";
import { describeFeatures } from "../client/admin/cluster.ts";
import { ClientError } from "../client/client-error.ts";
import type { Cluster } from "./cluster.ts";
import { kafkaVersionOf } from "./kafka-version.ts";
import { clusterEntryOf } from "./list-clusters.ts";
import { defineUseCase } from "./use-case.ts";

/** Brokers, controller, version and latency of a cluster. */
export const describeCluster = defineUseCase<{ readonly cluster: string }, ClusterSummary>({
  failed: () => "The cluster could not be described",
  async run({ cluster }) {
    const startedMs = performance.now();
    const answer = await cluster.client.refresh([]);
    const latencyMs = Math.round((performance.now() - startedMs) * 10) / 10;
    const [version, topicCount, controllerId] = await Promise.all([
      versionOf(cluster),
      countTopics(cluster),
      orNull(() => findController(cluster.client)),
    ]);
    return succeed({
      ...clusterEntryOf(cluster.options),
      clusterId: answer.clusterId,
      controllerId,
      brokers: answer.brokers
        .map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, rack }))
        .sort((a, b) => a.id - b.id),
      version,
      topicCount,
      latencyMs,
      readAtMs: Date.now(),
    });
  },
});

async function versionOf(cluster: Cluster): Promise<string | null> {
  return orNull(async () => kafkaVersionOf(await describeFeatures(cluster.client)));
}

function countTopics(cluster: Cluster): Promise<number | null> {
  return orNull(async () => (await cluster.topics.get()).topics.length);
}

/** A side fact that cannot be had is no failure of the whole. */
async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ClientError) return null;
    throw error;
  }
}
