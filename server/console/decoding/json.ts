import type { Decoder } from "./decoder.ts";
import { reasonOf } from "./decoder.ts";
import { readText } from "./utf8.ts";

const OPENS = /^[ \t\n\r]*[{[]/;

/** JSON (RFC 8259), as it was written: the text is checked and not rebuilt, so every number keeps its digits. */
export const json: Decoder = {
  name: "json",
  decode: (payload) => {
    const text = readText(payload);
    if (typeof text !== "string") return text;
    if (payload.isCut) {
      return OPENS.test(text) ? { form: "json", text } : { reason: "the beginning is no object and no array" };
    }
    try {
      JSON.parse(text);
      return { form: "json", text };
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  },
  /** A bare number or word reads better as text. */
  unlikely: ({ bytes }) => (opensDocument(bytes) ? undefined : "does not begin with { or ["),
};

function opensDocument(bytes: Uint8Array): boolean {
  for (const byte of bytes) {
    if (byte === 0x7b || byte === 0x5b) return true;
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return false;
  }
  return false;
}
