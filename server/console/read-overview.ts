import type { Overview, Remedy, SampleData } from "../../lib/contracts/overview.ts";
import { succeed } from "../../lib/result.ts";
import { summariseBroker } from "./broker-summary.ts";
import { withAlerts } from "./engine/alerts/alert-attention.ts";
import type { Sampler } from "./engine/sampler/sampler.ts";
import { type ClusterSnapshot, totalLag } from "./engine/sampler/snapshot.ts";
import { TREND_STEP_MS } from "./engine/sampler/trends.ts";
import { sampleJob } from "./sample-data/find-sample-job.ts";
import { sampledOf } from "./sampled.ts";
import { supervisedBrokers, withSupervised } from "./supervised-brokers.ts";
import { defineUseCase, type Scope } from "./use-case.ts";

/** Names of topics and groups for one chart: more lines nobody can follow. */
const NAMES_MAX = 5;

/** A cluster at a glance: what is wrong first, then its totals. Asks no cluster after the first sweep. */
export const readOverview = defineUseCase<{ readonly cluster: string }, Overview>({
  failed: () => "The overview could not be read",
  async run(scope) {
    const { snapshot, problems, sampler } = await sampledOf(scope);
    const { topics, groups, disks } = snapshot;
    const supervised = await supervisedBrokers(scope);
    const { storeProblem, alerts } = scope.context.engine;
    return succeed({
      attention: withAlerts(sampler.attention, alerts.kept.firing(scope.cluster.options.id)).map((line) => ({
        ...line,
        remedy: withStart(line.remedy, supervised),
      })),
      topics: topics.length,
      partitions: topics.reduce((sum, { partitions }) => sum + partitions.length, 0),
      groups: groups?.value.size ?? null,
      isEmpty: topics.every(({ isInternal }) => isInternal),
      producedPerSecond: sampler.ratePerSecond("cluster-produced"),
      consumedPerSecond: sampler.ratePerSecond("cluster-consumed"),
      lagMessages: totalLag(snapshot),
      sizeBytes: disks && [...disks.value.brokers.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      brokers: withSupervised(snapshot, supervised).map((state) => ({
        ...summariseBroker(state, snapshot, sampler),
        supervised: supervised?.get(state.id) ?? null,
      })),
      trendStepMs: TREND_STEP_MS,
      ...chartNames(snapshot, sampler),
      sampleData: sampleDataOf(scope),
      problems: storeProblem ? [storeProblem, ...problems] : [...problems],
      readAtMs: snapshot.readAtMs,
    });
  },
});

/** A broker that the console's platform has stopped can be started from here. */
function withStart(remedy: Remedy | null, supervised: Awaited<ReturnType<typeof supervisedBrokers>>): Remedy | null {
  const isStopped = remedy?.kind === "see-broker" && supervised?.get(remedy.broker) === "stopped";
  return isStopped ? { kind: "start-broker", broker: remedy.broker } : remedy;
}

function chartNames(
  snapshot: ClusterSnapshot,
  sampler: Sampler,
): Pick<Overview, "busiestTopics" | "largestTopics" | "laggingGroups"> {
  const topics = snapshot.topics.filter(({ isInternal }) => !isInternal).map(({ name }) => name ?? "");
  const groups = [...(snapshot.groups?.value.values() ?? [])];
  const lagOf = new Map(groups.map(({ groupId, lagMessages }) => [groupId, lagMessages ?? 0]));
  return {
    busiestTopics: largest(topics, (name) => sampler.ratePerSecond("topic-end", name) ?? 0),
    largestTopics: largest(topics, (name) => snapshot.disks?.value.topics.get(name) ?? 0),
    laggingGroups: largest([...lagOf.keys()], (name) => lagOf.get(name) ?? 0),
  };
}

function largest(names: readonly string[], sizeOf: (name: string) => number): string[] {
  return names
    .map((name) => ({ name, size: sizeOf(name) }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1))
    .slice(0, NAMES_MAX)
    .map(({ name }) => name);
}

function sampleDataOf({ context, cluster }: Scope): SampleData {
  const job = sampleJob(context.engine.jobs, cluster.options.id);
  if (job === undefined) return { state: "absent", jobId: null };
  return { state: job.state === "running" || job.state === "queued" ? "running" : "stopped", jobId: job.id };
}
