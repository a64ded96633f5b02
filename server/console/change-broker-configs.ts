import type * as z from "zod/mini";
import { alterConfigsCommand } from "../../lib/cli/operations.ts";
import { alterConfigsCode } from "../../lib/code/operations.ts";
import type { ChangeFacts, Impact } from "../../lib/contracts/changes.ts";
import { changeBrokerConfigsInput } from "../../lib/contracts/operations.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { alterConfigs, type ConfigChange, describeConfigs, type DescribedConfigs } from "../client/admin/configs.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { effectiveValues } from "./effective-values.ts";
import { kafkaProblem } from "./to-problem.ts";
import { untilSeen } from "./until-seen.ts";

type Input = z.infer<typeof changeBrokerConfigsInput>;

const CHANGE = "change-broker-configs";
/** Stands in the journal for a value that nobody may read again. */
const HIDDEN = "hidden";
/** DescribeConfigs' sources of what was set while running, by whether it is for one broker or for all (KIP-226). */
const OWN_SOURCE = { one: 2, all: 3 } as const;

/** Changing settings of a broker, or of all brokers, that can be changed while they run. */
export const changeBrokerConfigsChange = defineChange<Input, null>({
  kind: CHANGE,
  input: changeBrokerConfigsInput,
  verb: () => "Change settings of",
  failed: ({ broker }) => `The settings of ${nameOf(broker)} were not changed`,
  target: ({ broker }) => ({ type: "broker", name: nameOf(broker) }),
  cli: ({ broker, values }, bootstrap, _, before) =>
    alterConfigsCommand(
      bootstrap,
      { type: "brokers", name: broker === null ? null : String(broker) },
      effectiveValues(masked(values), before),
    ) || null,
  code: ({ broker, values }, bootstrap) =>
    alterConfigsCode(bootstrap, [
      { owner: { type: "broker", name: broker === null ? "" : String(broker) }, values: masked(values) },
    ]),
  keptInput: (input) => ({ ...input, values: masked(input.values) }),
  async plan({ cluster }, input, title) {
    const before = await readOwn(cluster, input, title);
    if (!before.ok) return before;
    const refused = await write(cluster, input, title, { validateOnly: true });
    if (refused) return fail(refused);
    return succeed({ before: before.value, after: masked(input.values), impact: impactOf(input), problems: [] });
  },
  async act({ cluster }, input, title) {
    const before = await readOwn(cluster, input, title);
    if (!before.ok) return before;
    const refused = await write(cluster, input, title);
    if (refused) return fail(refused);
    const after = masked(input.values);
    await untilSeen(async () => {
      const now = await readOwn(cluster, input, title);
      return now.ok && Object.entries(after).every(([name, value]) => now.value[name] === value);
    });
    return succeed({
      value: null,
      before: before.value,
      after,
      summary: formatNumberOf(Object.keys(after).length, "setting"),
    });
  },
  revert: ({ before }, { cluster, broker }) =>
    Object.values(before).includes(HIDDEN) || Object.keys(before).some(isSecret)
      ? { irreversible: "The value before is secret, and is kept nowhere." }
      : { kind: CHANGE, input: { cluster, broker, values: before } },
});

function nameOf(broker: number | null): string {
  return broker === null ? "all brokers" : `broker ${broker}`;
}

/** Settings whose values no journal may have; Kafka names its secrets so. */
function isSecret(name: string): boolean {
  return /password|secret|jaas\.config|\.key$|keystore\.key/.test(name);
}

function masked(values: ChangeFacts): ChangeFacts {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value !== null && isSecret(name) ? HIDDEN : value]),
  );
}

/** Values that were set while running on just this thing; null where there is none. */
async function readOwn(cluster: Cluster, { broker, values }: Input, title: string): Promise<Result<ChangeFacts>> {
  const name = broker === null ? "" : String(broker);
  const [described] = await describeConfigs(cluster.client, [{ type: "broker", name }], { names: Object.keys(values) });
  const errorCode = described?.errorCode ?? -1;
  if (described === undefined || errorCode !== 0) {
    const needs = { operation: "DescribeConfigs", resource: "cluster" as const };
    return fail(kafkaProblem(errorCode, described?.errorMessage ?? null, { title, needs, identity: cluster.identity }));
  }
  const source = broker === null ? OWN_SOURCE.all : OWN_SOURCE.one;
  return succeed(
    Object.fromEntries(Object.keys(values).map((config) => [config, ownValue(described, config, source)])),
  );
}

function ownValue({ configs }: DescribedConfigs, name: string, source: number): string | null {
  const found = configs.find((config) => config.name === name);
  if (found === undefined) return null;
  const synonym = found.synonyms.find((one) => one.source === source);
  const isOwn = found.configSource === source || synonym !== undefined;
  if (isOwn && found.isSensitive) return HIDDEN;
  return found.configSource === source ? found.value : (synonym?.value ?? null);
}

async function write(
  cluster: Cluster,
  { broker, values }: Input,
  title: string,
  options: { validateOnly?: boolean } = {},
) {
  const changes = Object.entries(values).map(([name, value]): ConfigChange =>
    value === null ? { name, operation: "delete" } : { name, operation: "set", value },
  );
  const name = broker === null ? "" : String(broker);
  const resource = { type: "broker" as const, name };
  const [answer] = await alterConfigs(cluster.client, [{ resource, changes }], options);
  if (answer?.errorCode === 0) return undefined;
  const { errorCode = -1, message = null } = answer ?? {};
  const needs = { operation: "AlterConfigs", resource: "cluster" as const };
  return kafkaProblem(errorCode, message, {
    title,
    facts: [["broker", nameOf(broker)]],
    needs,
    identity: cluster.identity,
  });
}

function impactOf({ broker, values }: Input): Impact[] {
  const gone = Object.values(values).filter((value) => value === null).length;
  const impact: Impact[] = [
    {
      severity: "info",
      text: `${broker === null ? "Every broker that has no own value" : "The broker"} takes it at once, without a restart, and keeps it over one.`,
    },
  ];
  if (gone > 0)
    impact.push({
      severity: "info",
      text: `${formatNumberOf(gone, "own value")} ${gone === 1 ? "goes" : "go"}: what stands behind holds again.`,
    });
  return impact;
}
