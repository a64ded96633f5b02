import { type DecoderChoice, isOwnDecoder } from "../../../lib/contracts/decoding.ts";
import { type PayloadPreview, previewCharacters } from "../../../lib/contracts/messages.ts";
import { decode, type Decoding } from "./decode.ts";
import type { Payload } from "./decoder.ts";

/** Of larger payloads a list decodes the beginning only, so that a page of large records stays cheap. */
const PREVIEW_BYTES = 65_536;

type WholePayload = Omit<Payload, "bytes" | "isCut" | "whole"> & { readonly bytes: Uint8Array | null };

/** Decodes a payload; of a large one the beginning only. */
export function decodeBeginning(payload: WholePayload, choice: DecoderChoice = "auto"): Decoding & { isCut: boolean } {
  const isCut = payload.bytes !== null && payload.bytes.length > PREVIEW_BYTES;
  if (payload.bytes === null || !isCut) return { ...decode({ ...payload, isCut: false }, choice), isCut: false };
  const bytes = payload.bytes.subarray(0, PREVIEW_BYTES);
  const decoding = decode({ ...payload, bytes, isCut, whole: payload.bytes }, choice);
  return { ...decoding, isCut: !isOwnDecoder(decoding.decoder) };
}

/** Describes a key or value for one line of a list; null is Kafka's null. */
export function previewPayload(
  payload: WholePayload,
  choice: DecoderChoice = "auto",
  characters: number = previewCharacters,
): PayloadPreview {
  const { decoder, form, text, words, isCut } = decodeBeginning(payload, choice);
  const shown = cutText(text, characters);
  return {
    format: form,
    ...(decoder === null ? {} : { decoder }),
    text: shown,
    ...(words === undefined ? {} : { words }),
    sizeBytes: payload.bytes?.length ?? 0,
    truncated: isCut || shown.length < text.length,
  };
}

/** A cut inside a surrogate pair would leave half a character. */
function cutText(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const last = text.charCodeAt(characters - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? characters - 1 : characters);
}
