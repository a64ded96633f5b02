import { decode, Tagged, type TagDecoder } from "cborg";
import { bigIntDecoder, bigNegIntDecoder } from "cborg/taglib";
import { type Decoder, reasonOf } from "./decoder.ts";
import { exactJson, ExactNumber } from "./exact-json.ts";

const DECIMAL_FRACTION = 4;
/** Says of what follows that it is CBOR, and nothing more. */
const SELF_DESCRIBED = 55_799;

/** Tags that are kept beside their value; the rest of the registry is for special uses and is refused by number. */
const kept = [0, 1, 5, ...range(16, 40), 52, 54, ...range(61, 87), 96, 97, 98, 100, 258, 259, 260, 261, 1004];

const tags: Record<number, TagDecoder> = {
  ...Tagged.preserve(...kept),
  2: bigIntDecoder,
  3: bigNegIntDecoder,
  [DECIMAL_FRACTION]: decimalFraction,
  [SELF_DESCRIBED]: (content) => content(),
};

/** CBOR (RFC 8949), one item from the first byte to the last. Tags are `{"tag": number, "value": …}`, numbers of any size are exact. */
export const cbor: Decoder = {
  name: "cbor",
  decode: ({ bytes, isCut }) => {
    if (isCut) return { reason: "only its beginning is here" };
    try {
      return { form: "json", text: exactJson(decode(bytes, { useMaps: true, tags })) };
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  },
  /** Any byte is the beginning of some CBOR: only maps, arrays and tags are told apart from other things. */
  unlikely: ({ bytes }) => {
    const major = (bytes[0] ?? 0) >> 5;
    return major === 4 || major === 5 || major === 6 ? undefined : "does not begin with a map, an array or a tag";
  },
};

/** An exponent of ten and a mantissa (RFC 8949 section 3.4.4). */
function decimalFraction(content: () => unknown): unknown {
  const value = content();
  const [exponent, mantissa] = Array.isArray(value) ? value : [];
  const isWhole = (part: unknown) => typeof part === "bigint" || Number.isInteger(part);
  return isWhole(exponent) && isWhole(mantissa)
    ? new ExactNumber(`${String(mantissa)}e${String(exponent)}`)
    : { tag: DECIMAL_FRACTION, value };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
