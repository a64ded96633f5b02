import type { DecoderChoice } from "../../lib/contracts/decoding.ts";
import { detailBytes, type PayloadDetail } from "../../lib/contracts/messages.ts";
import { decode } from "./decoding/decode.ts";
import type { Payload } from "./decoding/decoder.ts";

type Whole = Omit<Payload, "bytes" | "isCut" | "whole"> & { readonly bytes: Uint8Array | null };

/** A key, value or header value for the detail of a record: its bytes up to 256 KiB, and what a decoder made of them. */
export function payloadDetailOf(payload: Whole, choice?: DecoderChoice): PayloadDetail {
  const { bytes } = payload;
  const sizeBytes = bytes?.length ?? 0;
  const truncated = sizeBytes > detailBytes;
  const shown = bytes?.subarray(0, detailBytes) ?? null;
  const whole = bytes === null ? {} : { whole: bytes };
  const { decoder, form, text, words, failed } = decode(
    { ...payload, bytes: shown, isCut: truncated, ...whole },
    choice,
  );
  return {
    base64: shown && Buffer.from(shown.buffer, shown.byteOffset, shown.byteLength).toString("base64"),
    sizeBytes,
    truncated,
    decoder,
    form,
    text,
    ...(words === undefined ? {} : { words }),
    failed: [...failed],
  };
}
