import { hexOf } from "../../../lib/decode-payload.ts";
import type { Decoder, Payload } from "./decoder.ts";

const UUID_BYTES = 16;

/** A UUID as Java's UUID writes it: most significant byte first (RFC 9562). Kafka's own UUIDSerializer writes text, which needs no decoder. */
export const uuid: Decoder = {
  name: "uuid",
  decode: ({ bytes, isCut }) => {
    if (isCut || bytes.length !== UUID_BYTES) return { reason: `a UUID has 16 bytes, these are ${bytes.length}` };
    return { form: "text", text: hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") };
  },
  unlikely: (payload) => (payload.bytes.length === UUID_BYTES ? implausible(payload) : ""),
};

/** Sixteen arbitrary bytes have a known version and variant in one case of eight. */
function implausible({ bytes }: Payload): string | undefined {
  const version = (bytes[6] ?? 0) >> 4;
  const variant = (bytes[8] ?? 0) >> 6;
  return version >= 1 && version <= 8 && variant === 2 ? undefined : "16 bytes, but no version and variant of a UUID";
}
