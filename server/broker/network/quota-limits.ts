import { quotaKey, type ClientQuotaImage, type QuotaEntityPart } from "../controller/image.ts";

/** Who is limited. `clientId` is empty when the client sent none. */
export type QuotaClient = { readonly user: string; readonly clientId: string };

/** A limit, and with whom it is shared: `group` names them. */
export type QuotaLimit = { readonly bound: number; readonly group: string };

const user = (name: string | null): QuotaEntityPart => ({ type: "user", name });
const client = (name: string | null): QuotaEntityPart => ({ type: "client-id", name });

/** The limit of a client under a quota's name (`producer_byte_rate` …), the most specific one (ClientQuotaManager.DefaultQuotaCallback); undefined without. */
export function quotaLimit(
  quotas: ReadonlyMap<string, ClientQuotaImage>,
  name: string,
  { user: userName, clientId }: QuotaClient,
): QuotaLimit | undefined {
  if (quotas.size === 0) return undefined;
  const both = JSON.stringify([userName, clientId]);
  const ofUser = JSON.stringify([userName]);
  const ofClient = JSON.stringify([null, clientId]);
  const levels: readonly (readonly [entity: readonly QuotaEntityPart[], group: string])[] = [
    [[user(userName), client(clientId)], both],
    [[user(userName), client(null)], both],
    [[user(userName)], ofUser],
    [[user(null), client(clientId)], both],
    [[user(null), client(null)], both],
    [[user(null)], ofUser],
    [[client(clientId)], ofClient],
    [[client(null)], ofClient],
  ];
  for (const [entity, group] of levels) {
    const bound = quotas.get(quotaKey(entity))?.limits.get(name);
    if (bound !== undefined) return { bound, group };
  }
  return undefined;
}
