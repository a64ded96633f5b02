import { api } from "../api.ts";
import { arr, bool, i16, i32, i8, str } from "../schema.ts";

/** Sets, deletes, appends to and subtracts from single configs of a resource (KIP-339). */
export const IncrementalAlterConfigs = api(
  { key: 44, name: "IncrementalAlterConfigs", versions: "0-1", flexible: 1, listeners: ["broker", "controller"] },
  {
    resources: arr({
      resourceType: i8.mapKey(),
      resourceName: str.mapKey(),
      configs: arr({ name: str.mapKey(), configOperation: i8.mapKey(), value: str.nullable() }),
    }),
    validateOnly: bool,
  },
  {
    throttleTimeMs: i32,
    responses: arr({ errorCode: i16, errorMessage: str.nullable(), resourceType: i8, resourceName: str }),
  },
);
