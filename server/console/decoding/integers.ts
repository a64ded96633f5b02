import type { Decoder, Payload } from "./decoder.ts";

/** Integers that people count with are far from the bounds of their type; what is near them is rather something else. */
const LIKELY = { int32: 2n ** 28n, int64: 2n ** 48n } as const;

type Shape = { readonly bits: 8 | 16 | 32 | 64; readonly isSigned: boolean; readonly isLittle: boolean };

/** Reads a two's complement or unsigned integer that fills the bytes. */
function readInteger(bytes: Uint8Array, { isSigned, isLittle }: Shape): bigint {
  let value = 0n;
  for (let i = 0; i < bytes.length; i++) {
    value = (value << 8n) | BigInt(bytes[isLittle ? bytes.length - 1 - i : i] ?? 0);
  }
  return isSigned ? BigInt.asIntN(bytes.length * 8, value) : value;
}

function integer(name: Decoder["name"], shape: Shape): Decoder {
  const length = shape.bits / 8;
  return {
    name,
    decode: ({ bytes, isCut }) =>
      isCut || bytes.length !== length
        ? { reason: `needs ${length === 1 ? "1 byte" : `${length} bytes`}, these are ${bytes.length}` }
        : { form: "json", text: readInteger(bytes, shape).toString() },
    unlikely: (payload) => unlikely(payload, shape),
  };
}

/** Only what Kafka's IntegerSerializer and LongSerializer write is taken by itself. */
function unlikely({ bytes }: Payload, shape: Shape): string | undefined {
  if (bytes.length !== shape.bits / 8) return "";
  const bound = shape.bits === 32 ? LIKELY.int32 : LIKELY.int64;
  const value = readInteger(bytes, shape);
  return value >= -bound && value <= bound ? undefined : `${value} is larger than numbers usually are`;
}

const signed = (bits: Shape["bits"], isLittle = false): Shape => ({ bits, isSigned: true, isLittle });
const unsigned = (bits: Shape["bits"], isLittle = false): Shape => ({ bits, isSigned: false, isLittle });

/** Integers of 8 to 64 bits; big-endian as Kafka's serialisers write them, `le` little-endian. The text is exact. */
export const integers = {
  int8: integer("int8", signed(8)),
  int16: integer("int16", signed(16)),
  int32: integer("int32", signed(32)),
  int64: integer("int64", signed(64)),
  uint8: integer("uint8", unsigned(8)),
  uint16: integer("uint16", unsigned(16)),
  uint32: integer("uint32", unsigned(32)),
  uint64: integer("uint64", unsigned(64)),
  int16le: integer("int16le", signed(16, true)),
  int32le: integer("int32le", signed(32, true)),
  int64le: integer("int64le", signed(64, true)),
  uint16le: integer("uint16le", unsigned(16, true)),
  uint32le: integer("uint32le", unsigned(32, true)),
  uint64le: integer("uint64le", unsigned(64, true)),
};
