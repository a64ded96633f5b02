import { api } from "../api.ts";
import { arr, bool, f64, i16, i32, i8, str } from "../schema.ts";

/** Lists quotas of users, client ids and addresses (KIP-546). */
export const DescribeClientQuotas = api(
  { key: 48, name: "DescribeClientQuotas", versions: "0-1", flexible: 1, listeners: ["broker"] },
  { components: arr({ entityType: str, matchType: i8, match: str.nullable() }), strict: bool },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    errorMessage: str.nullable(),
    entries: arr({
      entity: arr({ entityType: str, entityName: str.nullable() }),
      values: arr({ key: str, value: f64 }),
    }).nullable(),
  },
);
