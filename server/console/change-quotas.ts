import type * as z from "zod/mini";
import { alterQuotasCommand } from "../../lib/cli/operations.ts";
import { alterQuotasCode } from "../../lib/code/operations.ts";
import { changeQuotasInput, type QuotaEntityInput, type QuotaList } from "../../lib/contracts/operations.ts";
import type { ChangeFacts, Impact } from "../../lib/contracts/changes.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem, ProblemError } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { alterClientQuotas, type ClientQuota, describeClientQuotas, type QuotaEntity } from "../client/admin/quotas.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { effectiveValues } from "./effective-values.ts";
import { kafkaProblem } from "./to-problem.ts";
import { untilSeen } from "./until-seen.ts";
import { defineUseCase } from "./use-case.ts";

type Input = z.infer<typeof changeQuotasInput>;

const CHANGE = "change-quotas";
const TYPES = ["user", "client-id", "ip"] as const;

/** Setting and removing quotas of a user, a client id or an address. */
export const changeQuotasChange = defineChange<Input, null>({
  kind: CHANGE,
  input: changeQuotasInput,
  verb: () => "Change quotas of",
  failed: ({ entity }) => `The quotas of ${nameOf(entity)} were not changed`,
  target: ({ entity }) => ({ type: "quota", name: nameOf(entity) }),
  cli: ({ entity, values }, bootstrap, _, before) =>
    alterQuotasCommand(bootstrap, entity, effectiveValues(values, before)) || null,
  code: ({ entity, values }, bootstrap) => alterQuotasCode(bootstrap, entity, values),
  async plan({ cluster }, input, title) {
    const wrong = faultOf(input, title);
    if (wrong) return wrong;
    const before = await ownFacts(cluster, input);
    const refused = await write(cluster, input, title, { validateOnly: true });
    if (refused) return fail(refused);
    return succeed({ before, after: factsOf(input.values), impact: impactOf(input), problems: [] });
  },
  async act({ cluster }, input, title) {
    const wrong = faultOf(input, title);
    if (wrong) return wrong;
    const before = await ownFacts(cluster, input);
    const refused = await write(cluster, input, title);
    if (refused) return fail(refused);
    const after = factsOf(input.values);
    await untilSeen(async () => {
      const now = await ownFacts(cluster, input);
      return Object.entries(after).every(([key, value]) => now[key] === value);
    });
    return succeed({ value: null, before, after, summary: formatNumberOf(Object.keys(after).length, "quota") });
  },
  revert: ({ before }, { cluster, entity }) => ({
    kind: CHANGE,
    input: {
      cluster,
      entity,
      values: Object.fromEntries(
        Object.entries(before).map(([key, value]) => [key, value === null ? null : Number(value)]),
      ),
    },
  }),
});

/** All quotas of a cluster. */
export const listQuotas = defineUseCase<{ readonly cluster: string }, QuotaList>({
  failed: () => "Quotas could not be read",
  async run({ cluster }, _, title) {
    const quotas = (await readQuotas(cluster, title)).map(({ entity, values }) => ({
      entity: Object.fromEntries(entity.map(({ entityType, entityName }) => [entityType, entityName])),
      values: Object.fromEntries(values),
    }));
    return succeed({ quotas, readAtMs: Date.now() });
  },
});

async function readQuotas({ client, identity }: Cluster, title: string): Promise<readonly ClientQuota[]> {
  const answer = await describeClientQuotas(client);
  if ("quotas" in answer) return answer.quotas;
  const needs = { operation: "DescribeConfigs", resource: "cluster" as const };
  throw new ProblemError(kafkaProblem(answer.errorCode, answer.message, { title, needs, identity }));
}

async function ownFacts(cluster: Cluster, { entity, values }: Input): Promise<ChangeFacts> {
  const all = await readQuotas(cluster, "Quotas could not be read");
  const own = all.find(
    (quota) =>
      nameOf(Object.fromEntries(quota.entity.map((part) => [part.entityType, part.entityName]))) === nameOf(entity),
  );
  return Object.fromEntries(
    Object.keys(values).map((key) => {
      const value = own?.values.get(key);
      return [key, value === undefined ? null : String(value)];
    }),
  );
}

function factsOf(values: Input["values"]): ChangeFacts {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value === null ? null : String(value)]));
}

function faultOf({ entity, values }: Input, title: string): Result<never> | undefined {
  const refuse = (field: string, detail: string) =>
    fail(problem({ code: "invalid-input", title, detail, fields: { [field]: detail } }));
  const named = TYPES.filter((type) => entity[type] !== undefined);
  if (named.length === 0) return refuse("entity", "Say whom the quota is for: a user, a client id or an address.");
  if (entity.ip !== undefined && named.length > 1)
    return refuse(
      "entity",
      "An address stands alone: Kafka has no quota for an address together with a user or client id.",
    );
  if (TYPES.some((type) => entity[type] === "")) return refuse("entity", "A name cannot be empty.");
  if (Object.keys(values).length === 0) return refuse("values", "Nothing would change.");
  const wrong = Object.entries(values).find(([, value]) => value !== null && !(value > 0));
  return wrong ? refuse(wrong[0], `${wrong[0]} must be above 0.`) : undefined;
}

async function write(
  { client, identity }: Cluster,
  { entity, values }: Input,
  title: string,
  options: { validateOnly?: boolean } = {},
) {
  const parts: QuotaEntity = TYPES.flatMap((entityType) => {
    const entityName = entity[entityType];
    return entityName === undefined ? [] : [{ entityType, entityName }];
  });
  const change = { entity: parts, values: new Map(Object.entries(values)) };
  const { errorCode, message } = await alterClientQuotas(client, change, options);
  if (errorCode === 0) return undefined;
  const needs = { operation: "AlterConfigs", resource: "cluster" as const };
  return kafkaProblem(errorCode, message, { title, needs, identity });
}

/** "user alice", "client-id loader of user alice", "default ip" */
function nameOf(entity: QuotaEntityInput): string {
  const part = (type: (typeof TYPES)[number]) =>
    entity[type] === null ? `default ${type}` : `${type} ${entity[type]}`;
  const named = TYPES.filter((type) => entity[type] !== undefined);
  if (named.length === 2) return `${part("client-id")} of ${part("user")}`;
  return named.map(part).join("");
}

function impactOf({ values }: Input): Impact[] {
  const set = Object.values(values).some((value) => value !== null);
  return [
    {
      severity: set ? "warning" : "info",
      text: set
        ? "Each broker enforces it by itself and at once: clients above it are delayed (throttle_time_ms), not refused."
        : "The clients are held to the next more general quota, or to none.",
    },
  ];
}
