import type { PayloadDetail, RecordDetail } from "@/lib/contracts/messages";
import { type JsonLine, jsonTextAt } from "@/lib/json-text";

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
  if (typeof value === "string") return JSON.stringify(value);
  const text = String(value);
  // A broken number so large that JavaScript writes it without a point is none of CEL's whole numbers.
  return typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** Texts longer than this are looked for by a part of them, not by all. */
const TEXT_MAX = 200;

/** The single values of a key or value: the fields of JSON, or the text itself. */
export function fieldsOfPart(
  root: "key" | "value",
  { form, text }: Pick<PayloadDetail, "form" | "text">,
): RecordField[] {
  if (form === "json") return fieldsOf(root, text);
  return form === "text" && text.length <= TEXT_MAX ? [{ path: root, value: text }] : [];
}

/** A header as a field; undefined for bytes, and for one that is hidden by a later one of its name, as expressions see only the last. */
export function fieldOfHeader(headers: RecordDetail["headers"], index: number): RecordField | undefined {
  const header = headers[index];
  if (header === undefined || headers.findLastIndex(({ key }) => key === header.key) !== index) return undefined;
  const { form, text } = header.value;
  return form === "text" || form === "json" ? { path: memberOf("headers", header.key), value: text } : undefined;
}

/** The field that a line of laid out JSON shows; undefined for brackets, and for a value that is cut. */
export function fieldOfLine(root: "key" | "value", { path, value }: JsonLine): RecordField | undefined {
  if (path === undefined || value === undefined || /^[[{]/.test(value)) return undefined;
  try {
    const single: unknown = JSON.parse(value);
    if (!isSingle(single)) return undefined;
    return { path: path.reduce<string>(memberOf, root), value: exact(single, value, []) };
  } catch {
    return undefined;
  }
}

/** How an expression reaches a member; `headers` are reached by name in brackets only. */
function memberOf(path: string, member: string | number): string {
  if (typeof member === "number") return `${path}[${member}]`;
  const isPlain = path !== "headers" && /^[A-Za-z_][A-Za-z0-9_]*$/.test(member);
  return isPlain ? `${path}.${member}` : `${path}[${JSON.stringify(member)}]`;
}

const FIELDS_MAX = 200;
const DEPTH_MAX = 8;

/** The single values of JSON text, with how an expression reaches each. Whole numbers are exact; none for text that is cut or no JSON. */
function fieldsOf(root: string, json: string): RecordField[] {
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
      for (const [index, one] of value.entries()) walk(memberOf(path, index), [...steps, String(index)], one);
    } else if (typeof value === "object" && value !== null) {
      for (const [name, one] of Object.entries(value)) {
        walk(memberOf(path, name), [...steps, name], one);
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
