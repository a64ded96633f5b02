import type { FieldShape, JsonType } from "@/lib/contracts/shape";
import { jsonLines } from "@/lib/json-text";

/** Fields beyond these are counted and not told: a value whose names are data has any number of them. */
export const shapeFieldsMax = 500;
const distinctMax = 1_000;
const topMax = 5;
const topCharacters = 60;

type Field = {
  readonly path: readonly string[];
  presence: number;
  /** The number of the last value that had it, so that members of an array count once. */
  lastSeen: number;
  occurrences: number;
  readonly types: Partial<Record<JsonType, number>>;
  least: string | null;
  greatest: string | null;
  shortest: number | null;
  longest: number | null;
  readonly values: Map<string, number>;
};

/** Learns the fields of JSON values one after the other. Numbers keep their digits. */
export class JsonShape {
  private readonly fields = new Map<string, Field>();
  private values = 0;
  isCut = false;

  /** Takes one value that is JSON. */
  add(json: string): void {
    this.values += 1;
    for (const { path, value } of jsonLines(json)) {
      if (value === undefined) continue;
      if (path === undefined) {
        this.isCut = true;
        continue;
      }
      const field = this.fieldOf(path);
      if (field) this.count(field, value);
    }
  }

  /** What was learnt, in the order in which fields first occurred. */
  result(): FieldShape[] {
    return [...this.fields.values()].map(({ path, presence, occurrences, types, values, ...range }) => ({
      path: [...path],
      presence,
      occurrences,
      types: { ...types },
      least: range.least,
      greatest: range.greatest,
      shortest: range.shortest,
      longest: range.longest,
      top: [...values]
        .sort(([, a], [, b]) => b - a)
        .slice(0, topMax)
        .map(([text, count]) => ({ text, count })),
      distinct: values.size,
    }));
  }

  private fieldOf(place: readonly (string | number)[]): Field | undefined {
    const path = place.map((part) => (typeof part === "number" ? "[]" : part));
    const key = JSON.stringify(path);
    const known = this.fields.get(key);
    if (known) return known;
    if (this.fields.size >= shapeFieldsMax) {
      this.isCut = true;
      return undefined;
    }
    const none = { least: null, greatest: null, shortest: null, longest: null };
    const field = {
      path,
      presence: 0,
      lastSeen: 0,
      occurrences: 0,
      types: {},
      values: new Map<string, number>(),
      ...none,
    };
    this.fields.set(key, field);
    return field;
  }

  private count(field: Field, value: string): void {
    const type = typeOf(value);
    field.types[type] = (field.types[type] ?? 0) + 1;
    field.occurrences += 1;
    if (field.lastSeen !== this.values) {
      field.lastSeen = this.values;
      field.presence += 1;
    }
    if (type === "integer" || type === "number") {
      if (field.least === null || compareNumbers(value, field.least) < 0) field.least = value;
      if (field.greatest === null || compareNumbers(value, field.greatest) > 0) field.greatest = value;
    } else if (type === "string") {
      const length = value.length - 2;
      field.shortest = Math.min(field.shortest ?? length, length);
      field.longest = Math.max(field.longest ?? length, length);
    }
    if (type === "object" || type === "array") return;
    const text = value.slice(0, topCharacters);
    const seen = field.values.get(text);
    if (seen !== undefined || field.values.size < distinctMax) field.values.set(text, (seen ?? 0) + 1);
  }
}

function typeOf(value: string): JsonType {
  switch (value[0]) {
    case '"':
      return "string";
    case "{":
      return "object";
    case "[":
      return "array";
    case "t":
    case "f":
      return "boolean";
    case "n":
      return "null";
    default:
      return /[.eE]/.test(value) ? "number" : "integer";
  }
}

/** Compares numbers as they were written: integers by all their digits. */
function compareNumbers(a: string, b: string): number {
  const rough = Number(a) - Number(b);
  if (rough !== 0 || a === b || /[.eE]/.test(a) || /[.eE]/.test(b)) return rough;
  return BigInt(a) < BigInt(b) ? -1 : 1;
}
