import type { PayloadBytes, PayloadPreview } from "@/lib/contracts/messages";
import { hexOf, isJsonDocument, textOf } from "@/lib/decode-payload";
import { layOutJson } from "@/lib/json-text";
import type { Decoder } from "@/lib/url";
import { wholeCharacters } from "@/lib/whole-characters";

/** A key or value as the detail shows it. */
export type PayloadView = {
  readonly format: "null" | "empty" | "json" | "text" | "hex";
  readonly text: string;
  /** Why it is not shown as asked. */
  readonly note?: string;
};

/** Turns base64 into bytes; `undefined` when it is none. */
export function bytesOfBase64(base64: string): Uint8Array | undefined {
  let binary: string;
  try {
    binary = atob(base64);
  } catch {
    return undefined;
  }
  // A plain loop: on a megabyte it is ten times as fast as `Uint8Array.from` with a function.
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Turns bytes into base64. */
export function base64OfBytes(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The bytes of a payload; none for null. */
export function bytesOfPayload(payload: PayloadBytes): Uint8Array {
  return (payload.base64 === null ? undefined : bytesOfBase64(payload.base64)) ?? new Uint8Array();
}

/** Sixteen bytes a line: position, hex, and what of it is ASCII. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const slice = bytes.subarray(at, at + 16);
    const hex = hexOf(slice)
      .padEnd(32)
      .replaceAll(/(..)/g, "$1 ")
      .replace(/^(.{24})/, "$1 ");
    const ascii = Array.from(slice, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join("");
    lines.push(`${at.toString(16).padStart(8, "0")}  ${hex} ${ascii}`);
  }
  return lines.join("\n");
}

/** Reads a key or value by the decoder chosen; what cannot be read that way is shown the next best way, with a note. */
export function viewPayload(payload: PayloadBytes, decoder: Decoder): PayloadView {
  if (payload.base64 === null) return { format: "null", text: "" };
  if (payload.sizeBytes === 0) return { format: "empty", text: "" };
  const bytes = bytesOfPayload(payload);
  if (decoder === "hex") return { format: "hex", text: hexDump(bytes) };
  const text = textOf(payload.truncated ? wholeCharacters(bytes) : bytes);
  if (text === undefined) {
    return {
      format: "hex",
      text: hexDump(bytes),
      ...(decoder === "auto" ? {} : { note: "These bytes are not UTF-8 text." }),
    };
  }
  if (decoder === "text") return { format: "text", text };
  const isJson = decoder === "json" || isJsonDocument(text);
  const laidOut = isJson ? layOutJson(text) : undefined;
  if (laidOut !== undefined) return { format: "json", text: laidOut };
  if (isJson && payload.truncated)
    return { format: "text", text, note: "Too long to lay out: this is its beginning as it was written." };
  return { format: "text", text, ...(decoder === "json" ? { note: "This is not JSON." } : {}) };
}

/** A list's preview by the decoder chosen; previews carry text, so hex is made of it again. */
export function previewAs(preview: PayloadPreview, decoder: Decoder): PayloadPreview {
  if (preview.format === "null" || preview.format === "empty" || preview.format === "bytes") return preview;
  if (decoder === "hex") return { ...preview, format: "bytes", text: hexOf(new TextEncoder().encode(preview.text)) };
  if (decoder === "text") return { ...preview, format: "text" };
  return preview;
}
