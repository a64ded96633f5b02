import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import type { AlterClientQuotas } from "../../wire/apis/alter-client-quotas.ts";
import { INVALID_REQUEST, NONE } from "../../wire/errors.ts";
import { ClientQuotaRecord } from "../../wire/records/metadata/client-quota-record.ts";
import { addressBytes } from "../metadata/ip-address.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import type { ControllerView } from "./broker-state.ts";
import { quotaKey, type QuotaEntityPart } from "./image.ts";
import { newRecord, type Decision, type NewMetadataRecord } from "./new-record.ts";

type Request = RequestOf<typeof AlterClientQuotas>;
type Entry = Request["entries"][number];
type Answer = NonNullable<ResponseInput<typeof AlterClientQuotas>["entries"]>[number];
type QuotaType = "int" | "long" | "double";

/** Quotas of users and client ids (QuotaConfig.userAndClientQuotaConfigs). */
const CLIENT_QUOTAS: Readonly<Record<string, QuotaType>> = {
  producer_byte_rate: "long",
  consumer_byte_rate: "long",
  request_percentage: "double",
  controller_mutation_rate: "double",
};
/** Quotas of addresses (QuotaConfig.ipConfigs). */
const IP_QUOTAS: Readonly<Record<string, QuotaType>> = { connection_creation_rate: "int" };

const INT_MAX = 2_147_483_647;
/** A quota crosses the wire as a double; so much off a whole number is taken for one (ClientQuotaControlManager). */
const ROUNDING = 1e-6;

/** Decides an AlterClientQuotas request (KIP-546). Entities are independent. */
export function alterClientQuotas(
  view: ControllerView,
  request: Pick<Request, "entries" | "validateOnly">,
): Decision<ResponseInput<typeof AlterClientQuotas>> {
  const records: NewMetadataRecord[] = [];
  const entries = request.entries.map((entry): Answer => {
    const changed = changeEntity(view, entry);
    const { entity } = entry;
    if (isRefusal(changed)) return { entity, errorCode: changed.errorCode, errorMessage: changed.message ?? null };
    if (!request.validateOnly) records.push(...changed);
    return { entity, errorCode: NONE, errorMessage: null };
  });
  return { records, response: { entries } };
}

function changeEntity(view: ControllerView, { entity, ops }: Entry): readonly NewMetadataRecord[] | Refusal {
  const parts = entity.map(({ entityType: type, entityName: name }) => ({ type, name }));
  const quotas = quotasOf(parts);
  if (isRefusal(quotas)) return quotas;
  const present = view.image.clientQuotas.get(quotaKey(parts))?.limits;
  const wanted = new Map<string, number | undefined>();
  for (const { key, value, remove } of ops) {
    const refused = remove ? undefined : checkQuota(quotas, key, value);
    if (refused !== undefined) return refused;
    wanted.set(key, remove ? undefined : value);
  }
  const records: NewMetadataRecord[] = [];
  for (const [key, value] of wanted) {
    if (present?.get(key) === value) continue;
    records.push(newRecord(ClientQuotaRecord, { entity, key, value: value ?? 0, remove: value === undefined }));
  }
  return records;
}

/** The quotas that an entity may have; a refusal where it is none. */
function quotasOf(parts: readonly QuotaEntityPart[]): Readonly<Record<string, QuotaType>> | Refusal {
  if (parts.length === 0) return invalid("Invalid empty client quota entity");
  const types = new Set<string>();
  for (const { type, name } of parts) {
    if (types.has(type)) return invalid(`Invalid client quota entity, duplicate entity entry ${type}`);
    if (type !== "user" && type !== "client-id" && type !== "ip")
      return invalid(`Unhandled client quota entity type: ${type}`);
    if (name === "") return invalid(`Empty ${type} not supported`);
    types.add(type);
  }
  if (!types.has("ip")) return CLIENT_QUOTAS;
  if (types.size > 1) return invalid("Invalid quota entity combination");
  const address = parts[0]?.name ?? null;
  // Names of hosts would have to be looked up, and mean another address tomorrow.
  if (address !== null && addressBytes(address) === undefined)
    return invalid(`${address} is not a valid IP or resolvable host.`);
  return IP_QUOTAS;
}

function checkQuota(quotas: Readonly<Record<string, QuotaType>>, key: string, value: number): Refusal | undefined {
  const type = Object.hasOwn(quotas, key) ? quotas[key] : undefined;
  if (type === undefined) return invalid(`Invalid configuration key ${key}`);
  if (!(value > 0)) return invalid(`Quota ${key} must be greater than 0`);
  if (type === "double") return undefined;
  if (type === "int" && value > INT_MAX) return invalid(`Proposed value for ${key} is too large for an INT.`);
  if (type === "long" && value > Number.MAX_SAFE_INTEGER)
    return invalid(`Proposed value for ${key} is too large for a LONG.`);
  if (Math.abs(value - Math.round(value)) > ROUNDING) return invalid(`${key} cannot be a fractional value.`);
  return undefined;
}

function invalid(message: string): Refusal {
  return { errorCode: INVALID_REQUEST, message };
}
