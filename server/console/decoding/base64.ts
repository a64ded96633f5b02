import { base64OfBytes } from "../../../lib/payload-view.ts";
import type { Decoder } from "./decoder.ts";

/** Base64 (RFC 4648 section 4); reads everything. */
export const base64: Decoder = {
  name: "base64",
  // A cut between groups of three would end in padding that the whole has not.
  decode: ({ bytes, isCut }) => ({
    form: "bytes",
    text: base64OfBytes(isCut ? bytes.subarray(0, bytes.length - (bytes.length % 3)) : bytes),
  }),
};
