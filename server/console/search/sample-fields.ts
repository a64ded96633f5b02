import type { SampledField } from "../../../lib/contracts/search.ts";

/** Deeper and further fields are not offered: nobody writes them by hand. */
const DEPTH_MAX = 6;
const FIELDS_MAX = 400;
const DISTINCT_MAX = 20;
const SHOWN_MAX = 2;
const SAMPLE_CHARACTERS_MAX = 24;

type Field = { count: number; readonly types: Set<string>; readonly values: Set<string> };

/** Collects which fields JSON documents have, in the order in which they first come. */
export class FieldSample {
  private readonly fields = new Map<string, Field>();
  private documents = 0;

  /** Takes a document of a part of a record: `root` is "value", "key" or "headers". */
  add(root: string, document: unknown): void {
    if (root === "value") this.documents += 1;
    this.walk(root, document, 0);
  }

  list(): SampledField[] {
    const total = Math.max(1, this.documents);
    return [...this.fields].map(([path, { count, types, values }]) => {
      const shown = [...values].slice(0, SHOWN_MAX).join(", ");
      const more = values.size - SHOWN_MAX;
      return {
        path,
        type: [...types].join(" or "),
        presence: Math.min(1, count / total),
        sample: more > 0 ? `${shown}, +${values.size === DISTINCT_MAX ? "many" : more}` : shown,
      };
    });
  }

  private walk(path: string, value: unknown, depth: number): void {
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (path.includes(".") || path.includes("[")) this.note(path, value);
    if (!isObject || depth >= DEPTH_MAX) return;
    for (const [name, member] of Object.entries(value)) this.walk(`${path}${accessOf(name)}`, member, depth + 1);
  }

  private note(path: string, value: unknown): void {
    const known = this.fields.get(path);
    if (known === undefined && this.fields.size >= FIELDS_MAX) return;
    const field = known ?? { count: 0, types: new Set(), values: new Set() };
    field.count += 1;
    field.types.add(typeOf(value));
    const isScalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    if (isScalar && field.values.size < DISTINCT_MAX) field.values.add(String(value).slice(0, SAMPLE_CHARACTERS_MAX));
    this.fields.set(path, field);
  }
}

/** How an expression reaches a member: `.name`, or `["odd name"]`. */
function accessOf(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "double";
  return typeof value === "boolean" ? "bool" : typeof value;
}
