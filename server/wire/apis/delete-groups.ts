import { api } from "../api.ts";
import { arr, i16, i32, str } from "../schema.ts";

/** Deletes empty groups with their offsets (KIP-229). */
export const DeleteGroups = api(
  { key: 42, name: "DeleteGroups", versions: "0-2", flexible: 2, listeners: ["broker"] },
  { groupsNames: arr(str).entity("groupId") },
  { throttleTimeMs: i32, results: arr({ groupId: str.entity("groupId").mapKey(), errorCode: i16 }) },
);
