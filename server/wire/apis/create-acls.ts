import { api } from "../api.ts";
import { arr, i16, i32, i8, str } from "../schema.ts";

/** Adds access control entries (KIP-140). */
export const CreateAcls = api(
  { key: 30, name: "CreateAcls", versions: "1-3", flexible: 2, listeners: ["broker", "controller"] },
  {
    creations: arr({
      resourceType: i8,
      resourceName: str,
      resourcePatternType: i8.def(3),
      principal: str,
      host: str,
      operation: i8,
      permissionType: i8,
    }),
  },
  { throttleTimeMs: i32, results: arr({ errorCode: i16, errorMessage: str.nullable() }) },
);
