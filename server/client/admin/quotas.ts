import { AlterClientQuotas } from "../../wire/apis/alter-client-quotas.ts";
import { DescribeClientQuotas } from "../../wire/apis/describe-client-quotas.ts";
import type { ClusterClient } from "../cluster-client.ts";

/** Whom a quota is for: a user, a client id, both, or an address; a null name is the default for all that have no own (KIP-546). */
export type QuotaEntity = readonly { readonly entityType: string; readonly entityName: string | null }[];

/** Quotas of one entity by key: "producer_byte_rate". */
export type ClientQuota = { readonly entity: QuotaEntity; readonly values: ReadonlyMap<string, number> };

/** All quotas, or the error code instead. */
export type DescribedQuotas =
  { readonly quotas: readonly ClientQuota[] } | { readonly errorCode: number; readonly message: string | null };

/** Asks any broker for all quotas. */
export async function describeClientQuotas(client: ClusterClient): Promise<DescribedQuotas> {
  const answer = await client.send(DescribeClientQuotas, { components: [], strict: false }, { to: "any" });
  if (answer.errorCode !== 0) return { errorCode: answer.errorCode, message: answer.errorMessage };
  return {
    quotas: (answer.entries ?? []).map(({ entity, values }) => ({
      entity,
      values: new Map(values.map(({ key, value }) => [key, value])),
    })),
  };
}

/** Sets quotas of one entity, and removes those whose value is null; or only checks that it could. */
export async function alterClientQuotas(
  client: ClusterClient,
  { entity, values }: { readonly entity: QuotaEntity; readonly values: ReadonlyMap<string, number | null> },
  { validateOnly = false }: { readonly validateOnly?: boolean } = {},
): Promise<{ readonly errorCode: number; readonly message: string | null }> {
  const ops = [...values].map(([key, value]) => ({ key, value: value ?? 0, remove: value === null }));
  const entries = [{ entity: entity.map((part) => ({ ...part })), ops }];
  const answer = await client.ask(
    AlterClientQuotas,
    { entries, validateOnly },
    { to: "controller", errorCodes: (response) => response.entries.map(({ errorCode }) => errorCode) },
  );
  const [found] = answer.entries;
  return { errorCode: found?.errorCode ?? 0, message: found?.errorMessage ?? null };
}
