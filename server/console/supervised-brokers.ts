import type { BrokerSummary } from "../../lib/contracts/broker-summary.ts";
import { askPlatform } from "./control-client.ts";
import { type BrokerState, brokerStates } from "./engine/sampler/broker-states.ts";
import type { ClusterSnapshot } from "./engine/sampler/snapshot.ts";
import type { Scope } from "./use-case.ts";

type Supervised = NonNullable<BrokerSummary["supervised"]>;

/** Brokers that the console's own platform runs, by id; null where it runs none, or does not answer on its control socket. */
export async function supervisedBrokers({ context, cluster }: Scope): Promise<ReadonlyMap<number, Supervised> | null> {
  const { dataDirectory } = context.options;
  if (!cluster.options.bundled || dataDirectory === "") return null;
  const answer = await askPlatform(dataDirectory, { command: "status" }).catch(() => undefined);
  if (!answer?.ok) return null;
  const brokers = answer.status.roles.filter(({ kind }) => kind === "broker");
  return new Map(brokers.map(({ nodeId, state }) => [nodeId, state]));
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
