import { hexOf } from "../../../lib/decode-payload.ts";
import type { Decoder } from "./decoder.ts";

/** Lower-case hex without spaces; reads everything. */
export const hex: Decoder = {
  name: "hex",
  decode: ({ bytes }) => ({ form: "bytes", text: hexOf(bytes) }),
};
