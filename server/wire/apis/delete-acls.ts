import { api } from "../api.ts";
import { arr, i16, i32, i8, str } from "../schema.ts";

/** Removes the access control entries that match filters, and tells which (KIP-140). */
export const DeleteAcls = api(
  { key: 31, name: "DeleteAcls", versions: "1-3", flexible: 2, listeners: ["broker", "controller"] },
  {
    filters: arr({
      resourceTypeFilter: i8,
      resourceNameFilter: str.nullable(),
      patternTypeFilter: i8.def(3),
      principalFilter: str.nullable(),
      hostFilter: str.nullable(),
      operation: i8,
      permissionType: i8,
    }),
  },
  {
    throttleTimeMs: i32,
    filterResults: arr({
      errorCode: i16,
      errorMessage: str.nullable(),
      matchingAcls: arr({
        errorCode: i16,
        errorMessage: str.nullable(),
        resourceType: i8,
        resourceName: str,
        patternType: i8.def(3),
        principal: str,
        host: str,
        operation: i8,
        permissionType: i8,
      }),
    }),
  },
);
