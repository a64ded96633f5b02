import type { BrokerSummary } from "../../lib/contracts/broker-summary.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { askPlatform } from "./control-client.ts";
import { type BrokerState, brokerStates } from "./engine/sampler/broker-states.ts";
import type { ClusterSnapshot } from "./engine/sampler/snapshot.ts";
import type { Scope } from "./use-case.ts";

type Supervised = NonNullable<BrokerSummary["supervised"]>;

/** The platform that runs the cluster's brokers, as its control socket tells. */
export type RunningPlatform = {
  readonly brokers: ReadonlyMap<number, Supervised>;
  readonly nextBrokerId: number;
  readonly dataDirectory: string;
};

/** The console's own platform; null where it runs none of the cluster's brokers, or does not answer on its control socket. */
export async function runningPlatform({ context, cluster }: Scope): Promise<RunningPlatform | null> {
  const { dataDirectory } = context.options;
  if (!cluster.options.bundled || dataDirectory === "") return null;
  const answer = await askPlatform(dataDirectory, { command: "status" }).catch(() => undefined);
  if (!answer?.ok) return null;
  const { roles, nextBrokerId } = answer.status;
  const brokers = roles.filter(({ kind }) => kind === "broker");
  return { brokers: new Map(brokers.map(({ nodeId, state }) => [nodeId, state])), nextBrokerId, dataDirectory };
}

/** Brokers that the console's own platform runs, by id; null where it runs none, or does not answer. */
export async function supervisedBrokers(scope: Scope): Promise<ReadonlyMap<number, Supervised> | null> {
  return (await runningPlatform(scope))?.brokers ?? null;
}

/** The platform, or why its brokers cannot be stopped, added or removed from here. */
export async function platformToControl(scope: Scope, title: string): Promise<Result<RunningPlatform>> {
  const platform = await runningPlatform(scope);
  if (platform !== null) return succeed(platform);
  const detail = "This console does not run the brokers of this cluster.";
  return fail(problem({ code: "not-possible", title, detail, suggestion: "Do it where they run." }));
}

/** A broker of the platform with its state; refuses one that it does not run. */
export async function brokerToControl(
  scope: Scope,
  broker: number,
  title: string,
): Promise<Result<RunningPlatform & { readonly state: Supervised }>> {
  const platform = await platformToControl(scope, title);
  if (!platform.ok) return platform;
  const state = platform.value.brokers.get(broker);
  if (state !== undefined) return succeed({ ...platform.value, state });
  return fail(problem({ code: "not-possible", title, detail: `The platform runs no broker ${broker}.` }));
}

/** The brokers of a snapshot, and those that only their supervisor knows: a stopped broker without replicas is nowhere else. */
export function withSupervised(
  snapshot: ClusterSnapshot,
  supervised: ReadonlyMap<number, Supervised> | null,
): BrokerState[] {
  const known = brokerStates(snapshot);
  const ids = new Set(known.map(({ id }) => id));
  const others = [...(supervised?.keys() ?? [])].filter((id) => !ids.has(id));
  const away = others.map((id) => ({ id, state: "gone" as const, leaders: 0, replicas: 0, outOfSync: 0 }));
  return [...known, ...away].sort((a, b) => a.id - b.id);
}
