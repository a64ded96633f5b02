const strictText = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Larger values are not parsed to learn whether they are JSON: their first character decides. */
const parseLimit = 262_144;

/** Control characters that no text has; tab, line feed and carriage return are allowed. */
// oxlint-disable-next-line no-control-regex
const binaryCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** The bytes as UTF-8 text, or undefined when they are not text. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = strictText.decode(bytes);
    return binaryCharacter.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Says whether text is a JSON object or array: a bare number or word reads better as text. */
export function isJsonDocument(text: string): boolean {
  const first = /^\s*([{[])/.exec(text)?.[1];
  if (first === undefined) return false;
  if (text.length > parseLimit) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Lower-case hex without spaces. */
export function hexOf(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}
