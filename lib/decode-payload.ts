import { type PayloadPreview, previewCharacters } from "@/lib/contracts/messages";

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

/** Describes a key or value for one line of a list; null is Kafka's null. */
export function decodePayload(bytes: Uint8Array | null, characters: number = previewCharacters): PayloadPreview {
  if (bytes === null) return { format: "null", text: "", sizeBytes: 0, truncated: false };
  const sizeBytes = bytes.length;
  if (sizeBytes === 0) return { format: "empty", text: "", sizeBytes, truncated: false };
  const text = textOf(bytes);
  if (text === undefined) {
    const shown = Math.floor(characters / 2);
    return { format: "bytes", text: hexOf(bytes.subarray(0, shown)), sizeBytes, truncated: sizeBytes > shown };
  }
  const format = isJsonDocument(text) ? "json" : "text";
  if (text.length <= characters) return { format, text, sizeBytes, truncated: false };
  // A cut inside a surrogate pair would leave half a character.
  const last = text.charCodeAt(characters - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? characters - 1 : characters;
  return { format, text: text.slice(0, end), sizeBytes, truncated: true };
}
