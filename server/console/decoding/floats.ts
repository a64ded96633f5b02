import type { Decoder } from "./decoder.ts";
import { exactJson } from "./exact-json.ts";

type Shape = { readonly length: 4 | 8; readonly isLittle: boolean };

/** Numbers that people measure with; other bits are rather something else. */
const LIKELY_MIN = 1e-9;
const LIKELY_MAX = 1e15;

function readFloat(bytes: Uint8Array, { length, isLittle }: Shape): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return length === 4 ? view.getFloat32(0, isLittle) : view.getFloat64(0, isLittle);
}

/** The shortest decimal that is this number in its own precision: 0.1 and not 0.10000000149011612. */
function textOf(value: number, length: 4 | 8): string {
  if (length === 8 || !Number.isFinite(value)) return exactJson(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return exactJson(short);
  }
  return exactJson(value);
}

function float(name: Decoder["name"], shape: Shape): Decoder {
  return {
    name,
    decode: ({ bytes, isCut }) =>
      isCut || bytes.length !== shape.length
        ? { reason: `needs ${shape.length} bytes, these are ${bytes.length}` }
        : { form: "json", text: textOf(readFloat(bytes, shape), shape.length) },
    unlikely: ({ bytes }) => {
      if (bytes.length !== shape.length) return "";
      const size = Math.abs(readFloat(bytes, shape));
      return size >= LIKELY_MIN && size <= LIKELY_MAX ? undefined : "not a size that numbers usually have";
    },
  };
}

/** IEEE 754 numbers; big-endian as Kafka's serialisers write them, `le` little-endian. */
export const floats = {
  float32: float("float32", { length: 4, isLittle: false }),
  float64: float("float64", { length: 8, isLittle: false }),
  float32le: float("float32le", { length: 4, isLittle: true }),
  float64le: float("float64le", { length: 8, isLittle: true }),
};
