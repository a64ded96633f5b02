import { api } from "../api.ts";
import { arr, i16, i32, i8, str } from "../schema.ts";

/** Lists access control entries that match a filter (KIP-140, prefixes KIP-290). */
export const DescribeAcls = api(
  { key: 29, name: "DescribeAcls", versions: "1-3", flexible: 2, listeners: ["broker", "controller"] },
  {
    resourceTypeFilter: i8,
    resourceNameFilter: str.nullable(),
    patternTypeFilter: i8.def(3),
    principalFilter: str.nullable(),
    hostFilter: str.nullable(),
    operation: i8,
    permissionType: i8,
  },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    errorMessage: str.nullable(),
    resources: arr({
      resourceType: i8,
      resourceName: str,
      patternType: i8.def(3),
      acls: arr({ principal: str, host: str, operation: i8, permissionType: i8 }),
    }),
  },
);
