/**
 * JSON as text. Values are never turned into JavaScript's numbers and objects, so that 64-bit integers, decimals, repeated
 * names and the order of names are shown exactly as they were produced.
 */

/** One field of a preview: the name, unquoted (absent in arrays), and the value as it reads in one line. */
export type JsonField = {
  readonly name?: string;
  readonly text: string;
  readonly kind: "string" | "number" | "atom" | "nested";
};

const space = /\s*/y;
const atom = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function skipSpace(text: string, at: number): number {
  space.lastIndex = at;
  space.exec(text);
  return space.lastIndex;
}

/** The index after the string that starts at `at`; -1 when the text ends inside it. */
function endOfString(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const character = text[i];
    if (character === "\\") i++;
    else if (character === '"') return i + 1;
  }
  return -1;
}

/** The index after the object or array that starts at `at` and its number of members; -1 when the text ends inside it. */
function endOfNested(text: string, at: number): { end: number; members: number } {
  let depth = 0;
  let members = 0;
  for (let i = at; i < text.length; i++) {
    const character = text[i];
    if (character === '"') {
      const end = endOfString(text, i);
      if (end < 0) return { end: -1, members };
      i = end - 1;
    } else if (character === "{" || character === "[") {
      depth++;
      if (depth === 1) members = "}]".includes(text[skipSpace(text, i + 1)] ?? "") ? 0 : 1;
    } else if (character === "}" || character === "]") {
      depth--;
      if (depth === 0) return { end: i + 1, members };
    } else if (character === "," && depth === 1) members++;
  }
  return { end: -1, members };
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}

type Scanned = { readonly field: Omit<JsonField, "name">; readonly end: number };

function scanValue(text: string, at: number): Scanned | undefined {
  const first = text[at];
  if (first === '"') {
    const end = endOfString(text, at);
    const quoted = end < 0 ? `${text.slice(at).replace(/\\[^"]{0,5}$/, "")}"` : text.slice(at, end);
    return { field: { text: unquote(quoted), kind: "string" }, end };
  }
  if (first === "{" || first === "[") {
    const { end, members } = endOfNested(text, at);
    const shown = first === "{" ? (members === 0 ? "{}" : "{…}") : end < 0 ? "[…]" : `[${members}]`;
    return { field: { text: shown, kind: "nested" }, end };
  }
  atom.lastIndex = at;
  const word = atom.exec(text)?.[0];
  if (word === undefined) return undefined;
  return { field: { text: word, kind: /^[-\d]/.test(word) ? "number" : "atom" }, end: at + word.length };
}

/**
 * Reads the first members of a JSON object or array for one line, without quotes and braces.
 * The text may be cut anywhere; undefined when it does not begin like an object or array.
 */
export function previewJson(text: string, most = 24): readonly JsonField[] | undefined {
  let at = skipSpace(text, 0);
  const open = text[at];
  if (open !== "{" && open !== "[") return undefined;
  const fields: JsonField[] = [];
  at = skipSpace(text, at + 1);
  while (at < text.length && fields.length < most && text[at] !== "}" && text[at] !== "]") {
    let name: string | undefined;
    if (open === "{") {
      if (text[at] !== '"') return undefined;
      const end = endOfString(text, at);
      if (end < 0) break;
      name = unquote(text.slice(at, end));
      at = skipSpace(text, end);
      if (at >= text.length) break;
      if (text[at] !== ":") return undefined;
      at = skipSpace(text, at + 1);
      if (at >= text.length) break;
    }
    const scanned = scanValue(text, at);
    if (scanned === undefined) break;
    fields.push(name === undefined ? scanned.field : { name, ...scanned.field });
    if (scanned.end < 0) break;
    at = skipSpace(text, scanned.end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return fields;
}

/** Deeper levels are not indented further: nesting of 100,000 levels would be gigabytes of spaces. */
const indentMax = 40;
/** Deeper values are not told their place: those of 100,000 levels are as long as the square of that. */
const placeMax = 100;

/** One line of JSON that is laid out, and the place of the value on it, as a JSON pointer (RFC 6901); none for closing brackets, and a hundred levels deep. */
export type JsonLine = {
  readonly text: string;
  readonly pointer?: string;
  /** Of a line with a value: it as it was written, or how it opens: `{`, `[`. */
  readonly value?: string;
  /** The place of the value, indices of arrays as numbers. */
  readonly path?: readonly (string | number)[];
};

/**
 * Lays JSON out line by line, two spaces a level, every value as it was written. Works only as far as lines are taken, so that the beginning of
 * ten megabytes costs no more than that of ten lines. Text that is cut or no JSON is laid out as far as it goes.
 */
export function* jsonLines(text: string): Generator<JsonLine, void, void> {
  const path: (string | number)[] = [];
  let line = "";
  let hasValue = false;
  let valueAt = 0;
  const began = () => {
    if (!hasValue) valueAt = line.length;
    hasValue = true;
  };
  const indent = () => "  ".repeat(Math.min(path.length, indentMax));
  const ended = (): JsonLine => {
    if (!hasValue || path.length === 0) return { text: line };
    const value = line.slice(valueAt).replace(/,$/, "");
    return path.length > placeMax
      ? { text: line, value }
      : { text: line, value, pointer: pointerOf(path), path: [...path] };
  };
  for (let i = skipSpace(text, 0); i < text.length; i = skipSpace(text, i)) {
    const character = text[i] ?? "";
    if (character === "{" || character === "[") {
      const next = skipSpace(text, i + 1);
      const close = text[next];
      began();
      if (close === "}" || close === "]") {
        line += character + close;
        i = next + 1;
        continue;
      }
      line += character;
      yield ended();
      path.push(character === "{" ? "" : 0);
      line = indent();
      hasValue = false;
      i += 1;
    } else if (character === "}" || character === "]") {
      if (line.trim() !== "") yield ended();
      path.pop();
      line = indent() + character;
      hasValue = false;
      i += 1;
    } else if (character === ",") {
      line += character;
      yield ended();
      const last = path.at(-1);
      if (typeof last === "number") path[path.length - 1] = last + 1;
      line = indent();
      hasValue = false;
      i += 1;
    } else if (character === ":") {
      line += ": ";
      i += 1;
    } else {
      const end = character === '"' ? endOfString(text, i) : endOfWord(text, i);
      const token = text.slice(i, end < 0 ? text.length : end);
      const isName = typeof path.at(-1) === "string" && !hasValue && text[skipSpace(text, i + token.length)] === ":";
      if (isName && line.trim() === "") path[path.length - 1] = unquote(token);
      else began();
      line += token;
      i += token.length;
    }
  }
  if (line !== "") yield ended();
}

/** The index after a word or number, or whatever stands in its place. */
function endOfWord(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && !' \n\r\t,:{}[]"'.includes(text[end] ?? "")) end++;
  return end;
}

/** A place inside a JSON value as text: `/customer/id`, `/items/0`. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Reads a JSON pointer; undefined when the text is none. */
export function pathOf(pointer: string): string[] | undefined {
  if (!pointer.startsWith("/")) return undefined;
  return pointer
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value at a place of a JSON text, as it was written; undefined where there is none. The text may be cut behind it. */
export function jsonTextAt(text: string, path: readonly string[]): string | undefined {
  let at = skipSpace(text, 0);
  for (const part of path) {
    const found = memberAt(text, at, part);
    if (found === undefined) return undefined;
    at = found;
  }
  const scanned = scanValue(text, at);
  return scanned && scanned.end >= 0 ? text.slice(at, scanned.end) : undefined;
}

/** Where the value of a member begins; `part` is a name, or an index in an array. Of names that repeat the last counts, as for JSON.parse. */
function memberAt(text: string, at: number, part: string): number | undefined {
  const open = text[at];
  if (open !== "{" && open !== "[") return undefined;
  let found: number | undefined;
  let i = skipSpace(text, at + 1);
  for (let index = 0; i < text.length && text[i] !== "}" && text[i] !== "]"; index++) {
    let name = String(index);
    if (open === "{") {
      const end = endOfString(text, i);
      if (text[i] !== '"' || end < 0) return found;
      name = unquote(text.slice(i, end));
      i = skipSpace(text, end);
      if (text[i] !== ":") return found;
      i = skipSpace(text, i + 1);
    }
    if (name === part) found = i;
    const end = scanValue(text, i)?.end ?? -1;
    if (end < 0) return found;
    i = skipSpace(text, end);
    if (text[i] === ",") i = skipSpace(text, i + 1);
  }
  return found;
}

/** Lays JSON out with two spaces a level, every value as it was written; undefined when the text is not JSON. */
export function layOutJson(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return Array.from(jsonLines(text), (line) => line.text).join("\n");
}
