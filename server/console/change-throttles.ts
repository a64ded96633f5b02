import { alterConfigsCommand } from "../../lib/cli/operations.ts";
import { alterConfigsCode } from "../../lib/code/operations.ts";
import type { ChangeFacts } from "../../lib/contracts/changes.ts";
import { type ChangeThrottlesInput, changeThrottlesInput } from "../../lib/contracts/operations.ts";
import { formatBytes, formatNumberOf } from "../../lib/format.ts";
import { fail, succeed } from "../../lib/result.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { readThrottles, THROTTLE_CONFIGS, type Throttles, writeThrottles } from "./reassign/throttles.ts";
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
    const before = await readThrottles(cluster.client, namesOf(input));
    const [refused] = await writeThrottles(cluster.client, input, { validateOnly: true });
    if (refused) return fail(refusal(cluster, title, refused));
    return succeed({ before: factsOf(before), after: factsOf(input), impact: [impactOf(input)], problems: [] });
  },
  async act({ cluster }, input, title) {
    const before = await readThrottles(cluster.client, namesOf(input));
    const [refused] = await writeThrottles(cluster.client, input);
    cluster.settings.forget();
    if (refused) return fail(refusal(cluster, title, refused));
    const after = factsOf(input);
    await untilSeen(async () => {
      const now = factsOf(await readThrottles(cluster.client, namesOf(input)));
      return Object.entries(after).every(([name, value]) => now[name] === value);
    });
    return succeed({ value: null, before: factsOf(before), after, summary: impactOf(input).text });
  },
  revert: ({ before }, { cluster }) => ({ kind: CHANGE, input: { cluster, ...throttlesOf(before) } }),
});

function namesOf({ brokers, topics }: Throttles) {
  return { brokers: Object.keys(brokers).map(Number), topics: Object.keys(topics) };
}

function refusal(
  { identity }: Cluster,
  title: string,
  { name, errorCode, message }: { name: string; errorCode: number; message: string | null },
) {
  const needs = { operation: "AlterConfigs", resource: "cluster" as const };
  return kafkaProblem(errorCode, message, { title, facts: [["of", name]], needs, identity });
}

/** "broker 1 leader.replication.throttled.rate" → value. */
function factsOf({ brokers, topics }: Throttles): ChangeFacts {
  const facts: Record<string, string | null> = {};
  for (const [type, all] of [
    ["broker", brokers],
    ["topic", topics],
  ] as const)
    for (const [name, own] of Object.entries(all))
      for (const side of ["leader", "follower"] as const)
        facts[`${type} ${name} ${THROTTLE_CONFIGS[type][side]}`] = own[side];
  return facts;
}

function throttlesOf(facts: ChangeFacts): Throttles {
  const found = { brokers: new Map<string, Side>(), topics: new Map<string, Side>() };
  for (const [fact, value] of Object.entries(facts)) {
    const [type, name, config] = fact.split(" ");
    if (name === undefined || config === undefined) continue;
    const all = type === "broker" ? found.brokers : found.topics;
    const own = all.get(name) ?? { leader: null, follower: null };
    all.set(name, { ...own, [config.startsWith("leader") ? "leader" : "follower"]: value });
  }
  return { brokers: Object.fromEntries(found.brokers), topics: Object.fromEntries(found.topics) };
}

type Side = { leader: string | null; follower: string | null };

function impactOf({ brokers, topics }: Throttles) {
  const rates = Object.values(brokers).flatMap(({ leader, follower }) => [leader, follower]);
  const first = rates.find((rate) => rate !== null);
  const told = `${formatNumberOf(Object.keys(brokers).length, "broker")} and ${formatNumberOf(Object.keys(topics).length, "topic")}`;
  if (first === undefined || first === null)
    return { severity: "info" as const, text: `Replication is not held back any more on ${told}.` };
  return {
    severity: "warning" as const,
    text: `Throttled replicas are copied with at most ${formatBytes(Number(first))}/s on ${told}. It stays until it is removed: replicas that fall behind under it catch up slowly.`,
  };
}

/** Throttles as the configs that they are. */
function configsOf(type: "broker" | "topic", all: Readonly<Record<string, Side>>) {
  const { leader, follower } = THROTTLE_CONFIGS[type];
  return Object.entries(all).map(([name, own]) => ({
    owner: { type, name },
    values: { [leader]: own.leader, [follower]: own.follower },
  }));
}
