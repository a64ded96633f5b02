import { api } from "../api.ts";
import { arr, i16, i32, i8, str } from "../schema.ts";

/** Lists the resources that have configs; version 0 only those of client metrics (KIP-714, KIP-1142). */
export const ListConfigResources = api(
  { key: 74, name: "ListConfigResources", versions: "0-1", flexible: 0, listeners: ["broker"] },
  { resourceTypes: arr(i8).v("1+") },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    configResources: arr({ resourceName: str, resourceType: i8.v("1+").def(16).ignorable() }),
  },
);
