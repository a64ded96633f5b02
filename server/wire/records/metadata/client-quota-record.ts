import { recordType } from "../../record-type.ts";
import { arr, bool, f64, str } from "../../schema.ts";

/** A quota was set or removed (KIP-546). */
export const ClientQuotaRecord = recordType(
  { kind: "metadata", apiKey: 14, name: "ClientQuotaRecord", versions: "0", flexible: 0 },
  { entity: arr({ entityType: str, entityName: str.nullable() }), key: str, value: f64, remove: bool },
);
