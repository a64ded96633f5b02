import type { RequestOf } from "../../wire/api.ts";
import { DescribeClientQuotas } from "../../wire/apis/describe-client-quotas.ts";
import { CLUSTER_AUTHORIZATION_FAILED, INVALID_REQUEST, NONE, UNSUPPORTED_VERSION } from "../../wire/errors.ts";
import type { ClientQuotaImage } from "../controller/image.ts";
import { handler } from "../network/handler.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import type { BrokerContext } from "./services.ts";

type Component = RequestOf<typeof DescribeClientQuotas>["components"][number];
/** What an entity must be: by type a name, null for the default, or "any" of either. */
type Filter = ReadonlyMap<string, string | null | { readonly any: true }>;

const EXACT = 0;
const DEFAULT = 1;
const ANY = 2;

/** Lists the quotas of clients (KIP-546), as far as this broker has heard of them. */
export const describeClientQuotas = handler(DescribeClientQuotas, (request, context: BrokerContext, reply) => {
  if (!context.may("describe-configs", "cluster"))
    return reply({ errorCode: CLUSTER_AUTHORIZATION_FAILED, errorMessage: "Authorization failed.", entries: null });
  const filter = filterOf(request.components);
  if (isRefusal(filter))
    return reply({ errorCode: filter.errorCode, errorMessage: filter.message ?? null, entries: null });
  const entries = [...context.services.image().clientQuotas.values()]
    .filter((quota) => matches(quota, filter, request.strict))
    .map(({ entity, limits }) => ({
      entity: entity.map(({ type: entityType, name: entityName }) => ({ entityType, entityName })),
      values: [...limits].map(([key, value]) => ({ key, value })),
    }));
  // As in Kafka, which says nothing rather than null.
  reply({ errorCode: NONE, errorMessage: "", entries });
});

function filterOf(components: readonly Component[]): Filter | Refusal {
  const filter = new Map<string, string | null | { readonly any: true }>();
  for (const component of components) {
    const { entityType } = component;
    if (entityType === "") return invalid("Invalid empty entity type.");
    if (filter.has(entityType)) return invalid(`Entity type ${entityType} cannot appear more than once in the filter.`);
    if (entityType !== "user" && entityType !== "client-id" && entityType !== "ip")
      return { errorCode: UNSUPPORTED_VERSION, message: `Unsupported entity type ${entityType}` };
    const wanted = wantedOf(component);
    if (typeof wanted === "object" && wanted !== null && isRefusal(wanted)) return wanted;
    filter.set(entityType, wanted);
  }
  if (filter.has("ip") && filter.size > 1)
    return invalid(
      "Invalid entity filter component combination. IP filter component should not be used with user or clientId filter component.",
    );
  return filter;
}

function wantedOf({ matchType, match }: Component): string | null | { readonly any: true } | Refusal {
  switch (matchType) {
    case EXACT:
      return match ?? invalid("Request specified MATCH_TYPE_EXACT, but set match string to null.");
    case DEFAULT:
      return match === null
        ? null
        : invalid("Request specified MATCH_TYPE_DEFAULT, but also specified a match string.");
    case ANY:
      return match === null
        ? { any: true }
        : invalid("Request specified MATCH_TYPE_SPECIFIED, but also specified a match string.");
    default:
      return invalid(`Unknown match type ${matchType}`);
  }
}

/** A strict filter wants entities of its own types and no others. */
function matches({ entity }: ClientQuotaImage, filter: Filter, isStrict: boolean): boolean {
  if (isStrict && entity.length !== filter.size) return false;
  return [...filter].every(([type, wanted]) =>
    entity.some(
      (part) => part.type === type && (typeof wanted === "object" && wanted !== null ? true : part.name === wanted),
    ),
  );
}

function invalid(message: string): Refusal {
  return { errorCode: INVALID_REQUEST, message };
}
