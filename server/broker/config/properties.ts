/** One setting of a properties file, with the line on which it starts (from 1). */
export type Property = { readonly name: string; readonly value: string; readonly line: number };

/**
 * Reads Java's properties syntax: `name=value`, `name:value` or `name value`; # and ! start comments; a backslash at the end of a line joins the
 * next one; \t \n \r \f \uXXXX and \ before any other character are escapes. A name given twice is in the result twice: the last one holds.
 */
export function parseProperties(text: string): readonly Property[] {
  const properties: Property[] = [];
  const lines = text.split(/\r\n|\r|\n/);
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1;
    let logical = (lines[index] ?? "").trimStart();
    if (logical === "" || logical.startsWith("#") || logical.startsWith("!")) continue;
    while (endsOpen(logical) && index + 1 < lines.length) {
      index++;
      logical = logical.slice(0, -1) + (lines[index] ?? "").trimStart();
    }
    const { name, value } = splitLine(logical);
    properties.push({ name: unescapeText(name), value: unescapeText(value), line });
  }
  return properties;
}

/** An odd number of backslashes at the end: the last one is not itself escaped. */
function endsOpen(line: string): boolean {
  return (/\\+$/.exec(line)?.[0].length ?? 0) % 2 === 1;
}

function splitLine(line: string): { readonly name: string; readonly value: string } {
  let end = 0;
  while (end < line.length && !/[=:\s]/.test(line.charAt(end))) end += line.charAt(end) === "\\" ? 2 : 1;
  const separator = /^\s*[=:]?\s*/.exec(line.slice(end))?.[0].length ?? 0;
  return { name: line.slice(0, end), value: line.slice(end + separator) };
}

const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", f: "\f" };

function unescapeText(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|([\s\S]?))/g,
    (_whole, hex: string | undefined, character: string | undefined) =>
      hex === undefined ? (ESCAPES[character ?? ""] ?? character ?? "") : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
