import type { Quorum, QuorumMember } from "../../lib/contracts/operations.ts";
import { ProblemError } from "../../lib/problem.ts";
import { succeed } from "../../lib/result.ts";
import { describeFeatures } from "../client/admin/cluster.ts";
import { type DescribedQuorum, describeQuorum, describeRights } from "../client/admin/quorum.ts";
import type { Cluster } from "./cluster.ts";
import { settle } from "./settled.ts";
import { kafkaProblem } from "./to-problem.ts";
import { defineUseCase } from "./use-case.ts";

/** Who keeps the cluster's metadata and how far each has copied it; finalised and supported features; brokers that are fenced. */
export const readQuorum = defineUseCase<{ readonly cluster: string }, Quorum>({
  failed: () => "The quorum could not be read",
  async run({ cluster }, _, title) {
    const { client, identity } = cluster;
    const [quorum, features, rights] = await Promise.all([
      settle(partitionOf(cluster, title), { title, identity }),
      settle(describeFeatures(client), { title: "Features could not be read", identity }),
      settle(describeRights(client), { title: "Fenced brokers could not be read", identity }),
    ]);
    const found = quorum.value;
    return succeed({
      leaderId: found?.leaderId ?? null,
      leaderEpoch: found?.leaderEpoch ?? null,
      highWatermark: found?.highWatermark ?? null,
      members: found ? membersOf(found) : [],
      features: featuresOf(features.value),
      fenced: [...(rights.value?.fenced ?? [])],
      problems: [...quorum.problems, ...features.problems, ...rights.problems],
      readAtMs: Date.now(),
    });
  },
});

type QuorumPartition = DescribedQuorum["topics"][number]["partitions"][number];

async function partitionOf({ client, identity }: Cluster, title: string): Promise<QuorumPartition | undefined> {
  const answer = await describeQuorum(client);
  const [partition] = answer.topics.flatMap((topic) => topic.partitions);
  const errorCode = answer.errorCode === 0 ? (partition?.errorCode ?? 0) : answer.errorCode;
  if (errorCode === 0) return partition;
  const needs = { operation: "Describe", resource: "cluster" as const };
  throw new ProblemError(kafkaProblem(errorCode, answer.errorMessage, { title, needs, identity }));
}

function membersOf({ leaderId, currentVoters, observers }: QuorumPartition): QuorumMember[] {
  const end = currentVoters.find(({ replicaId }) => replicaId === leaderId)?.logEndOffset ?? 0;
  const told = (member: QuorumPartition["currentVoters"][number], role: QuorumMember["role"]): QuorumMember => ({
    id: member.replicaId,
    role,
    logEndOffset: member.logEndOffset,
    lag: Math.max(0, end - member.logEndOffset),
    lastFetchAtMs: member.lastFetchTimestamp < 0 ? null : member.lastFetchTimestamp,
    lastCaughtUpAtMs: member.lastCaughtUpTimestamp < 0 ? null : member.lastCaughtUpTimestamp,
  });
  // A cluster tells them in any order.
  const byId = (a: QuorumMember, b: QuorumMember) => a.id - b.id;
  const voters = currentVoters.map((member) => told(member, member.replicaId === leaderId ? "leader" : "voter"));
  return [
    ...voters.filter(({ role }) => role === "leader"),
    ...voters.filter(({ role }) => role === "voter").toSorted(byId),
    ...observers.map((member) => told(member, "observer")).toSorted(byId),
  ];
}

function featuresOf(answer: Awaited<ReturnType<typeof describeFeatures>> | undefined): Quorum["features"] {
  if (answer === undefined) return [];
  const finalised = new Map(answer.finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel]));
  const supported = new Map(answer.supportedFeatures.map((feature) => [feature.name, feature]));
  return [...new Set([...finalised.keys(), ...supported.keys()])].sort().map((name) => ({
    name,
    finalised: finalised.get(name) ?? null,
    supportedMin: supported.get(name)?.minVersion ?? null,
    supportedMax: supported.get(name)?.maxVersion ?? null,
  }));
}
