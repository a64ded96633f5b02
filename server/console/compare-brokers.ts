import type { BrokerDifferences } from "../../lib/contracts/brokers.ts";
import type { ConfigEntry } from "../../lib/contracts/configs.ts";
import { succeed } from "../../lib/result.ts";
import { brokerConfigs } from "./describe-broker.ts";
import { inParallel } from "./in-parallel.ts";
import { sampledOf } from "./sampled.ts";
import { settle } from "./settled.ts";
import { defineUseCase } from "./use-case.ts";

/** Brokers that are asked at once. */
const AT_ONCE = 8;

/** Names that differ between nodes by nature, and tell nothing: who a node is, where it listens and writes, and what it is for. */
const OF_EACH = new Set([
  "broker.id",
  "node.id",
  "process.roles",
  "listeners",
  "advertised.listeners",
  "log.dirs",
  "log.dir",
  "broker.rack",
  "metadata.log.dir",
]);

/** Configs whose values differ between brokers: each broker is asked for its own. */
export const compareBrokers = defineUseCase<{ readonly cluster: string }, BrokerDifferences>({
  failed: () => "Configurations of brokers could not be compared",
  async run(scope) {
    const { snapshot } = await sampledOf(scope);
    const { identity } = scope.cluster;
    const read = await inParallel(snapshot.brokers, AT_ONCE, async ({ id }) => {
      const attempt = {
        title: "The configuration of some brokers could not be read",
        facts: [["broker", String(id)]] as const,
        identity,
      };
      return { id, ...(await settle(brokerConfigs(scope.cluster, id), attempt)) };
    });
    const known = new Map(read.flatMap(({ id, value }) => (value ? [[id, value] as const] : [])));
    return succeed({
      brokers: [...known.keys()],
      configs: differencesOf(known),
      problems: read.flatMap(({ problems }) => [...problems]),
      readAtMs: Date.now(),
    });
  },
});

/** Configs that are not the same on all brokers, by name. */
export function differencesOf(brokers: ReadonlyMap<number, readonly ConfigEntry[]>): BrokerDifferences["configs"] {
  const byName = new Map<string, Map<number, ConfigEntry>>();
  for (const [id, entries] of brokers)
    for (const entry of entries) byName.set(entry.name, (byName.get(entry.name) ?? new Map()).set(id, entry));
  return [...byName]
    .filter(
      ([name, own]) => !OF_EACH.has(name) && isDifferent([...brokers.keys()].map((id) => own.get(id)?.value ?? null)),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => {
      const [first] = own.values();
      return {
        name,
        values: Object.fromEntries([...brokers.keys()].map((id) => [String(id), own.get(id)?.value ?? null])),
        defaultValue: first?.synonyms.find(({ source }) => source === "default")?.value ?? null,
        isReadOnly: first?.isReadOnly ?? true,
      };
    });
}

function isDifferent(values: readonly (string | null)[]): boolean {
  return values.some((value) => value !== values[0]);
}
