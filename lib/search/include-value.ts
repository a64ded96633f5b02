import { jsonTextAt } from "@/lib/json-text";

/** A value in a record that a search can be made of: `path` as an expression reaches it ("value.customer.id", `headers["trace"]`). */
export type RecordField = { readonly path: string; readonly value: string | number | bigint | boolean | null };

/** The expression that holds where the field has this value. */
export function equals({ path, value }: RecordField): string {
  return `${path} == ${literalOf(value)}`;
}

/** Narrows a search to records that have the value, or that have not. What was plain text before is replaced: the two do not mix. */
export function withField(expression: string, field: RecordField, isExcluded: boolean): string {
  const own = isExcluded ? equals(field).replace(" == ", " != ") : equals(field);
  if (expression.trim() === "") return own;
  const isSplit = /\|\||\?/.test(expression);
  return `${isSplit ? `(${expression})` : expression} && ${own}`;
}

function literalOf(value: RecordField["value"]): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

const FIELDS_MAX = 200;
const DEPTH_MAX = 8;

/** The single values of JSON text, with how an expression reaches each. Whole numbers are exact; none for text that is cut or no JSON. */
export function fieldsOf(root: string, json: string): RecordField[] {
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch {
    return [];
  }
  const fields: RecordField[] = [];
  const walk = (path: string, steps: readonly string[], value: unknown) => {
    if (fields.length >= FIELDS_MAX || steps.length > DEPTH_MAX) return;
    if (Array.isArray(value)) {
      for (const [index, one] of value.entries()) walk(`${path}[${index}]`, [...steps, String(index)], one);
    } else if (typeof value === "object" && value !== null) {
      for (const [name, one] of Object.entries(value)) {
        const isPlain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
        walk(isPlain ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`, [...steps, name], one);
      }
    } else if (isSingle(value)) fields.push({ path, value: exact(value, json, steps) });
  };
  walk(root, [], document);
  return fields;
}

/** JavaScript has rounded numbers beyond 2^53: the text has what was written. */
function exact(value: RecordField["value"], json: string, steps: readonly string[]): RecordField["value"] {
  if (typeof value !== "number" || !Number.isInteger(value) || Number.isSafeInteger(value)) return value;
  const text = jsonTextAt(json, steps) ?? "";
  return /^-?\d+$/.test(text) ? BigInt(text) : value;
}

function isSingle(value: unknown): value is RecordField["value"] {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
