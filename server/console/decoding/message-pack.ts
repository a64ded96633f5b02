import { decode, decodeTimestampToTimeSpec, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import { hexOf } from "../../../lib/decode-payload.ts";
import { type Decoder, reasonOf } from "./decoder.ts";
import { exactJson } from "./exact-json.ts";

/** Type of timestamps among MessagePack's extensions. */
const TIMESTAMP = -1;

const extensions = new ExtensionCodec();
extensions.register({
  type: TIMESTAMP,
  encode: () => null,
  decode: (bytes) => {
    const { sec, nsec } = decodeTimestampToTimeSpec(bytes);
    // A Date has milliseconds only, and a range of its own.
    return { seconds: sec, nanoseconds: nsec };
  },
});

/** MessagePack, one value from the first byte to the last. Extensions are `{"extension": type, "data": "0x…"}`. */
export const messagePack: Decoder = {
  name: "messagepack",
  decode: ({ bytes, isCut }) => {
    if (isCut) return { reason: "only its beginning is here" };
    try {
      const value = decode(bytes, {
        useBigInt64: true,
        extensionCodec: extensions,
        // A length that the bytes cannot hold is refused before memory is taken for it.
        maxArrayLength: bytes.length,
        maxMapLength: bytes.length,
        mapKeyConverter: (key: unknown) => (typeof key === "string" || typeof key === "number" ? key : keyText(key)),
      });
      return { form: "json", text: exactJson(plain(value)) };
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  },
  /** Any byte is the beginning of some MessagePack: only maps and arrays are told apart from other things. */
  unlikely: ({ bytes }) => {
    const first = bytes[0] ?? 0;
    const isContainer = (first >= 0x80 && first <= 0x9f) || (first >= 0xdc && first <= 0xdf);
    return isContainer ? undefined : "does not begin with a map or an array";
  },
};

function keyText(key: unknown): string {
  return key instanceof Uint8Array ? `0x${hexOf(key)}` : exactJson(plain(key));
}

function plain(value: unknown): unknown {
  if (value instanceof ExtData) {
    const data = typeof value.data === "function" ? new Uint8Array() : value.data;
    return { extension: value.type, data };
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return value;
  return new Map(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}
