import { api } from "../api.ts";
import { arr, bool, f64, i16, i32, str } from "../schema.ts";

/** Sets and removes quotas of users, client ids and addresses (KIP-546). */
export const AlterClientQuotas = api(
  { key: 49, name: "AlterClientQuotas", versions: "0-1", flexible: 1, listeners: ["broker", "controller"] },
  {
    entries: arr({
      entity: arr({ entityType: str, entityName: str.nullable() }),
      ops: arr({ key: str, value: f64, remove: bool }),
    }),
    validateOnly: bool,
  },
  {
    throttleTimeMs: i32,
    entries: arr({
      errorCode: i16,
      errorMessage: str.nullable(),
      entity: arr({ entityType: str, entityName: str.nullable() }),
    }),
  },
);
