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

/** JSON knows four kinds of white space. */
function isSpace(character: string): boolean {
  return character === " " || character === "\n" || character === "\r" || character === "\t";
}

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

/** Lays JSON out with two spaces a level, every value as it was written; undefined when the text is not JSON. */
export function layOutJson(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  let laidOut = "";
  let depth = 0;
  const newLine = () => `\n${"  ".repeat(depth)}`;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? "";
    if (character === '"') {
      const end = endOfString(text, i);
      laidOut += text.slice(i, end);
      i = end - 1;
    } else if (character === "{" || character === "[") {
      const next = skipSpace(text, i + 1);
      if (text[next] === "}" || text[next] === "]") {
        laidOut += character + (text[next] ?? "");
        i = next;
        continue;
      }
      depth++;
      laidOut += character + newLine();
    } else if (character === "}" || character === "]") {
      depth--;
      laidOut += newLine() + character;
    } else if (character === ",") laidOut += character + newLine();
    else if (character === ":") laidOut += ": ";
    else if (!isSpace(character)) laidOut += character;
  }
  return laidOut;
}
