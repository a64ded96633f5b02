import { recordType } from "../../record-type.ts";
import { i8, str } from "../../schema.ts";

/** A config was set, or removed when the value is null (KIP-631). */
export const ConfigRecord = recordType(
  { kind: "metadata", apiKey: 4, name: "ConfigRecord", versions: "0", flexible: 0 },
  { resourceType: i8, resourceName: str, name: str, value: str.nullable() },
);
