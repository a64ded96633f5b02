import { recordType } from "../../record-type.ts";
import { i8, str, uuid } from "../../schema.ts";

/** An access control entry was added (KIP-801). */
export const AccessControlEntryRecord = recordType(
  { kind: "metadata", apiKey: 18, name: "AccessControlEntryRecord", versions: "0", flexible: 0 },
  {
    id: uuid,
    resourceType: i8,
    resourceName: str,
    patternType: i8,
    principal: str,
    host: str,
    operation: i8,
    permissionType: i8,
  },
);
