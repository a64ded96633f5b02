import { recordType } from "../../record-type.ts";
import { uuid } from "../../schema.ts";

/** An access control entry was removed (KIP-801). */
export const RemoveAccessControlEntryRecord = recordType(
  { kind: "metadata", apiKey: 19, name: "RemoveAccessControlEntryRecord", versions: "0", flexible: 0 },
  { id: uuid },
);
