import { wholeCharacters } from "../../../lib/whole-characters.ts";
import type { Decoder, Payload, Refusal } from "./decoder.ts";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Tab, line feed and carriage return are the only control characters that text has. */
// oxlint-disable-next-line no-control-regex
const binaryCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** The bytes as text, control characters and all, or where they stop being UTF-8. */
export function readText({ bytes, isCut }: Pick<Payload, "bytes" | "isCut">): string | Refusal {
  const whole = isCut ? wholeCharacters(bytes) : bytes;
  try {
    return strict.decode(whole);
  } catch {
    const position = firstBadByte(whole);
    const byte = (whole[position] ?? 0).toString(16).padStart(2, "0");
    return { reason: `byte 0x${byte} at ${position} is not UTF-8` };
  }
}

/** Finds where strict decoding fails: a lenient decoder gives as many characters before it as there are. */
function firstBadByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  // The longest prefix that is UTF-8, but for a character that the cut took apart.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isText(wholeCharacters(bytes.subarray(0, middle)))) low = middle;
    else high = middle - 1;
  }
  return wholeCharacters(bytes.subarray(0, low)).length;
}

function isText(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** UTF-8 text (RFC 3629). By itself only without control characters, since those are no text that people write. */
export const utf8: Decoder = {
  name: "utf8",
  decode: (payload) => {
    const text = readText(payload);
    return typeof text === "string" ? { form: "text", text } : text;
  },
  unlikely: (payload) => {
    const text = readText(payload);
    if (typeof text !== "string") return text.reason;
    const found = binaryCharacter.exec(text);
    if (found === null) return undefined;
    const code = found[0].charCodeAt(0).toString(16).padStart(2, "0");
    return `control character 0x${code} at ${new TextEncoder().encode(text.slice(0, found.index)).length}`;
  },
};
