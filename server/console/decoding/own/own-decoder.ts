import { ownDecoderName } from "../../../../lib/contracts/decoding.ts";
import { isJsonDocument, hexOf } from "../../../../lib/decode-payload.ts";
import { type Decoded, type Decoder, isRefusal, type Payload, reasonOf, type Refusal } from "../decoder.ts";
import { exactJson } from "../exact-json.ts";

/** Larger keys and values are not given to own decoders. */
const PAYLOAD_BYTES_MAX = 1024 * 1024;
/** What a decoder makes of one payload may be this long: longer output is a mistake, and would cost all who read. */
const TEXT_CHARACTERS_MAX = 4 * 1024 * 1024;
const REASON_CHARACTERS_MAX = 500;

/** Runs a decoder's own code, or says why it is not run now; errors are let through. */
export type Guard = <Value>(run: () => Value) => Value;

/** A decoder made of what a file exports. */
export type OwnDecoder = Decoder & { readonly name: `own:${string}`; readonly hasGuess: boolean };

/**
 * Makes a decoder of the exports of an operator's own file, or says why they are none: `name`, `decode(bytes, { topic, headers, isKey })`, and
 * optionally `guess` with the same arguments, which says whether the decoder is to be taken by itself.
 */
export function ownDecoder(exports: Readonly<Record<string, unknown>>, guard: Guard): OwnDecoder | Refusal {
  const { name, decode, guess } = exports;
  const named = ownDecoderName.safeParse(name);
  if (!named.success) {
    return { reason: "name must be exported: letters, digits, spaces, dots, dashes and underscores, at most 60" };
  }
  if (typeof decode !== "function") return { reason: "it exports no function decode" };
  if (guess !== undefined && typeof guess !== "function") return { reason: "guess is exported and is no function" };
  return {
    name: `own:${named.data}`,
    hasGuess: guess !== undefined,
    decode: (payload) => {
      const given = argumentsOf(payload);
      if (isRefusal(given)) return given;
      try {
        return decodedOf(guard(() => decode(given.bytes, given.about)));
      } catch (error) {
        return { reason: shortReason(error) };
      }
    },
    unlikely: (payload) => {
      if (guess === undefined) return "";
      const given = argumentsOf(payload);
      if (isRefusal(given)) return "";
      try {
        return guard(() => guess(given.bytes, given.about)) === true ? undefined : "";
      } catch (error) {
        return `guess failed: ${shortReason(error)}`;
      }
    },
  };
}

/** A decoder in the place of one whose code is not run. */
export function silencedDecoder(name: OwnDecoder["name"], reason: string): OwnDecoder {
  return { name, hasGuess: false, decode: () => ({ reason }), unlikely: () => "" };
}

type Arguments = {
  readonly bytes: Buffer;
  readonly about: { readonly topic: string; readonly headers: Payload["headers"]; readonly isKey: boolean };
};

/** The bytes are a copy: what own code does to them is its own matter. */
function argumentsOf({ bytes, whole = bytes, isCut, part, topic, headers = [] }: Payload): Arguments | Refusal {
  if (part === "header") return { reason: "own decoders read keys and values" };
  if (whole.length > PAYLOAD_BYTES_MAX || (isCut && whole === bytes)) return { reason: "larger than 1 MiB" };
  const copies = headers.map(({ key, value }) => ({ key, value: value === null ? null : Buffer.from(value) }));
  return { bytes: Buffer.from(whole), about: { topic, headers: copies, isKey: part === "key" } };
}

function decodedOf(value: unknown): Decoded | Refusal {
  if (value === undefined) return { reason: "decode returned nothing" };
  if (value instanceof Promise) return { reason: "decode returned a promise; it must return what it read" };
  const decoded: Decoded =
    typeof value === "string"
      ? { form: isJsonDocument(value) ? "json" : "text", text: value }
      : value instanceof Uint8Array
        ? { form: "bytes", text: hexOf(value) }
        : { form: "json", text: exactJson(value) };
  const isTooLong = decoded.text.length > TEXT_CHARACTERS_MAX;
  return isTooLong ? { reason: `it made ${decoded.text.length} characters, more than 4 Mi` } : decoded;
}

function shortReason(error: unknown): string {
  const reason = reasonOf(error);
  return reason.length > REASON_CHARACTERS_MAX ? `${reason.slice(0, REASON_CHARACTERS_MAX)}…` : reason;
}
