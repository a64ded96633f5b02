import { alterConfigsCommand } from "../../lib/cli/operations.ts";
import { alterConfigsCode } from "../../lib/code/operations.ts";
import type { ChangeFacts } from "../../lib/contracts/changes.ts";
import { type ChangeThrottlesInput, changeThrottlesInput } from "../../lib/contracts/operations.ts";
import { formatBytes, formatNumberOf } from "../../lib/format.ts";
import { fail, succeed } from "../../lib/result.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { partly } from "./partly.ts";
import {
  readThrottles,
  THROTTLE_CONFIGS,
  throttleConfigs,
  type ThrottleRefusal,
  type Throttles,
  type ThrottleSide,
  writeThrottles,
} from "./reassign/throttles.ts";
import { effectiveValues } from "./effective-values.ts";
import { kafkaProblem } from "./to-problem.ts";
import { untilSeen } from "./until-seen.ts";

const CHANGE = "change-throttles";

/** Setting or removing replication throttles of brokers and topics. */
export const changeThrottlesChange = defineChange<ChangeThrottlesInput, null>({
  kind: CHANGE,
  input: changeThrottlesInput,
  verb: () => "Change replication throttles of",
  failed: () => "The throttles were not changed",
  target: ({ cluster }) => ({ type: "cluster", name: cluster }),
  cli: ({ brokers, topics }, bootstrap, _, before) =>
    [...configsOf("broker", brokers), ...configsOf("topic", topics)]
      .map(({ owner: { type, name }, values }) =>
        alterConfigsCommand(
          bootstrap,
          { type: `${type}s`, name },
          effectiveValues(values, before, (config) => `${type} ${name} ${config}`),
        ),
      )
      .filter((command) => command !== "")
      .join("\n") || null,
  code: ({ brokers, topics }, bootstrap) =>
    alterConfigsCode(bootstrap, [...configsOf("broker", brokers), ...configsOf("topic", topics)]),
  async plan({ cluster }, input, title) {
    const before = await readWanted(cluster, input);
    const [refused] = await writeThrottles(cluster.client, input, { validateOnly: true });
    if (refused) return fail(refusal(cluster, title, refused));
    return succeed({ before: factsOf(before), after: factsOf(input), impact: [impactOf(input)], problems: [] });
  },
  async act({ cluster }, input, title) {
    const before = await readWanted(cluster, input);
    const refused = await writeThrottles(cluster.client, input);
    cluster.settings.forget();
    const refusals = refused.map((one) => refusal(cluster, title, one));
    const done = without(input, refused);
    const after = factsOf(done);
    if (refusals[0] && Object.keys(after).length === 0) return fail(refusals[0]);
    await untilSeen(async () => {
      const now = factsOf(await readWanted(cluster, done));
      return Object.entries(after).every(([name, value]) => now[name] === value);
    });
    const summary = partly(impactOf(done).text, refusals);
    return succeed({ value: null, before: factsOf(without(before, refused)), after, summary });
  },
  revert: ({ before }, { cluster }) => ({ kind: CHANGE, input: { cluster, ...throttlesOf(before) } }),
});

/** The configs that should change, as they are now. */
async function readWanted({ client }: Cluster, { brokers, topics }: Throttles): Promise<Throttles> {
  const names = { brokers: Object.keys(brokers).map(Number), topics: Object.keys(topics) };
  const found = await readThrottles(client, names, { directories: true });
  const own = Object.entries(found.brokers).map(([id, { directories, ...sides }]) => [
    id,
    brokers[id]?.directories === undefined ? sides : { ...sides, directories },
  ]);
  return { ...found, brokers: Object.fromEntries(own) };
}

/** What is left of throttles without those that the cluster refused. */
function without({ brokers, topics }: Throttles, refused: readonly ThrottleRefusal[]): Throttles {
  const left = <Own>(type: ThrottleRefusal["type"], all: Readonly<Record<string, Own>>) =>
    Object.fromEntries(
      Object.entries(all).filter(([name]) => !refused.some((one) => one.type === type && one.name === name)),
    );
  return { brokers: left("broker", brokers), topics: left("topic", topics) };
}

function refusal({ identity }: Cluster, title: string, { type, name, errorCode, message }: ThrottleRefusal) {
  const needs = { operation: "AlterConfigs", resource: "cluster" as const };
  return kafkaProblem(errorCode, message, { title, facts: [[type, name]], needs, identity });
}

/** "broker 1 leader.replication.throttled.rate" → value. */
function factsOf({ brokers, topics }: Throttles): ChangeFacts {
  const facts: Record<string, string | null> = {};
  for (const [type, all] of [
    ["broker", brokers],
    ["topic", topics],
  ] as const)
    for (const [name, own] of Object.entries(all))
      for (const [config, value] of throttleConfigs(type, own)) facts[`${type} ${name} ${config}`] = value;
  return facts;
}

function throttlesOf(facts: ChangeFacts): Throttles {
  const found = { brokers: new Map<string, Side>(), topics: new Map<string, Side>() };
  for (const [fact, value] of Object.entries(facts)) {
    const [type, name, config] = fact.split(" ");
    if (name === undefined || config === undefined) continue;
    const all = type === "broker" ? found.brokers : found.topics;
    const own = all.get(name) ?? { leader: null, follower: null };
    all.set(name, { ...own, [sideOf(config)]: value });
  }
  return { brokers: Object.fromEntries(found.brokers), topics: Object.fromEntries(found.topics) };
}

type Side = Throttles["brokers"][string];

function sideOf(config: string): ThrottleSide {
  if (config === THROTTLE_CONFIGS.broker.directories) return "directories";
  return config.startsWith("leader") ? "leader" : "follower";
}

function impactOf({ brokers, topics }: Throttles) {
  const rates = Object.values(brokers).flatMap(({ leader, follower }) => [leader, follower]);
  const first = rates.find((rate) => rate !== null);
  const onDisks = Object.values(brokers).find(({ directories }) => directories != null)?.directories;
  const told = `${formatNumberOf(Object.keys(brokers).length, "broker")} and ${formatNumberOf(Object.keys(topics).length, "topic")}`;
  if (onDisks != null && first == null)
    return {
      severity: "info" as const,
      text: `Replicas move between log directories of a broker with at most ${formatBytes(Number(onDisks))}/s.`,
    };
  if (first === undefined || first === null)
    return { severity: "info" as const, text: `Replication is not held back any more on ${told}.` };
  return {
    severity: "warning" as const,
    text: `Throttled replicas are copied with at most ${rateWords(rates)} on ${told}. It stays until it is removed: replicas that fall behind under it catch up slowly.`,
  };
}

/** "50 MB/s", or where they differ "10 MB/s to 50 MB/s, by broker,". */
function rateWords(rates: readonly (string | null)[]): string {
  const known = rates.filter((rate) => rate !== null).map(Number);
  const least = Math.min(...known);
  const most = Math.max(...known);
  return least === most ? `${formatBytes(most)}/s` : `${formatBytes(least)}/s to ${formatBytes(most)}/s, by broker,`;
}

/** Throttles as the configs that they are. */
function configsOf(type: "broker" | "topic", all: Readonly<Record<string, Side>>) {
  return Object.entries(all).map(([name, own]) => ({
    owner: { type, name },
    values: Object.fromEntries(throttleConfigs(type, own)),
  }));
}
