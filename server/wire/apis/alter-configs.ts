import { api } from "../api.ts";
import { arr, bool, i16, i32, i8, str } from "../schema.ts";

/**
 * Replaces all configs of a resource: what is not named is reset (KIP-133). IncrementalAlterConfigs is the safe one.
 */
export const AlterConfigs = api(
  { key: 33, name: "AlterConfigs", versions: "0-2", flexible: 2, listeners: ["broker", "controller"] },
  {
    resources: arr({
      resourceType: i8.mapKey(),
      resourceName: str.mapKey(),
      configs: arr({ name: str.mapKey(), value: str.nullable() }),
    }),
    validateOnly: bool,
  },
  {
    throttleTimeMs: i32,
    responses: arr({ errorCode: i16, errorMessage: str.nullable(), resourceType: i8, resourceName: str }),
  },
);
