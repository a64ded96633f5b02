import { hexOf } from "../../../lib/decode-payload.ts";

/** Deeper values are refused: they are an attack rather than data. */
const DEPTH_MAX = 1_000;

/** A number that JavaScript has no type for, as the JSON number that it is. */
export class ExactNumber {
  constructor(readonly text: string) {}
}

/**
 * Writes a decoded value as JSON in one line. Integers of any size and decimals are exact; bytes are "0x…" in hex; what JSON has no number
 * for (NaN, infinities) is its name as text; what has a `toJSON` (dates) is what that gives; keys of maps that are no text are their JSON.
 * Throws on values nested deeper than a thousand levels.
 */
export function exactJson(value: unknown, depth = 0): string {
  if (depth > DEPTH_MAX) throw new RangeError(`nested deeper than ${DEPTH_MAX} levels`);
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return numberText(value);
    case "bigint":
      return value.toString();
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "null" : objectText(value, depth);
    default:
      return "null";
  }
}

function numberText(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  return Number.isFinite(value) ? String(value) : JSON.stringify(String(value));
}

function objectText(value: object, depth: number): string {
  if (value instanceof ExactNumber) return value.text;
  if (value instanceof Uint8Array) return JSON.stringify(`0x${hexOf(value)}`);
  if (Array.isArray(value)) return `[${value.map((member) => exactJson(member, depth + 1)).join(",")}]`;
  if ("toJSON" in value && typeof value.toJSON === "function") return exactJson(value.toJSON(), depth + 1);
  const entries: Iterable<[unknown, unknown]> = value instanceof Map ? value : Object.entries(value);
  const members: string[] = [];
  for (const [name, member] of entries) {
    const key = typeof name === "string" ? name : exactJson(name, depth + 1);
    members.push(`${JSON.stringify(key)}:${exactJson(member, depth + 1)}`);
  }
  return `{${members.join(",")}}`;
}
