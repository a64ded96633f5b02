import type { FieldSpec, Fields } from "./schema.ts";
import { ZERO_UUID } from "./uuid.ts";

/** Shared by every absent byte field; it has no byte that could be changed. A Buffer, as all decoded bytes are. */
export const NO_BYTES: Uint8Array = Buffer.alloc(0);

/**
 * The value that a field has when it is left out or its version does not carry it: the declared one, else Kafka's
 * implicit one of the type.
 */
export function defaultOf(spec: FieldSpec): unknown {
  if (spec.explicitDefault !== undefined) return spec.explicitDefault;
  switch (spec.type.kind) {
    case "bool":
      return false;
    case "string":
      return "";
    case "bytes":
      return NO_BYTES;
    case "records":
      return null;
    case "uuid":
      return ZERO_UUID;
    case "array":
      return [];
    case "struct":
      return defaultsOf(spec.type.fields);
    default:
      return spec.isBigint ? 0n : 0;
  }
}

/** A structure with every field at its default. */
export function defaultsOf(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, defaultOf(field.spec)]));
}
