import {
  type DecodedForm,
  type DecoderChoice,
  type DecoderName,
  type FailedDecoder,
  isOwnDecoder,
} from "../../../lib/contracts/decoding.ts";
import { base64 } from "./base64.ts";
import { cbor } from "./cbor.ts";
import { clusterMetadata } from "./cluster-metadata.ts";
import { connect } from "./connect.ts";
import { consumerOffsets } from "./consumer-offsets.ts";
import { type Decoded, type Decoder, isRefusal, type Payload } from "./decoder.ts";
import { floats } from "./floats.ts";
import { hex } from "./hex.ts";
import { integers } from "./integers.ts";
import { json } from "./json.ts";
import { messagePack } from "./message-pack.ts";
import { mirrorMaker } from "./mirror-maker.ts";
import type { OwnDecoder } from "./own/own-decoder.ts";
import { shareGroupState } from "./share-group-state.ts";
import { transactionState } from "./transaction-state.ts";
import { utf8 } from "./utf8.ts";
import { uuid } from "./uuid.ts";
import { xml } from "./xml.ts";

/** In the order in which they are tried when nobody chose; the last reads everything. */
const automatic: readonly Decoder[] = [
  consumerOffsets,
  transactionState,
  shareGroupState,
  clusterMetadata,
  connect,
  mirrorMaker,
  json,
  xml,
  utf8,
  uuid,
  messagePack,
  cbor,
  integers.int32,
  integers.int64,
  floats.float32,
  floats.float64,
  hex,
];

const byName: ReadonlyMap<DecoderName, Decoder> = new Map(
  [...automatic, ...Object.values(integers), ...Object.values(floats), base64].map((decoder) => [
    decoder.name,
    decoder,
  ]),
);

let own: readonly OwnDecoder[] = [];

/** Makes known to this thread which decoders are the operator's own, in the order in which they are tried: before the built-in ones. */
export function setOwnDecoders(decoders: readonly OwnDecoder[]): void {
  own = decoders;
}

/** Whether some of the operator's own decoders are taken by themselves: then raw bytes say little of what is read. */
export function isOwnGuessing(): boolean {
  return own.some(({ hasGuess }) => hasGuess);
}

/** What the operator's own decoders read without being chosen; undefined when none of them takes the bytes. */
export function decodeByOwn(payload: Payload): Decoded | undefined {
  for (const decoder of own) {
    if (decoder.unlikely?.(payload) !== undefined) continue;
    const result = decoder.decode(payload);
    if (!isRefusal(result)) return result;
  }
  return undefined;
}

/** A payload as people and searches read it. */
export type Decoding = {
  /** Null for null and for no bytes, which need none. */
  readonly decoder: DecoderName | null;
  readonly form: DecodedForm;
  /** See `Decoded`; empty for null and for no bytes. */
  readonly text: string;
  readonly words?: string;
  /** Decoders that were tried before, and why each failed. Those of other topics are not named. */
  readonly failed: readonly FailedDecoder[];
};

/**
 * Reads a key, value or header value by the decoder chosen, or by the first that can read it. A decoder chosen by hand that cannot read the
 * bytes is named in `failed`, and they are read as if nobody had chosen. Pure, and never throws.
 */
export function decode(
  payload: Omit<Payload, "bytes"> & { readonly bytes: Uint8Array | null },
  choice: DecoderChoice = "auto",
): Decoding {
  const { bytes } = payload;
  if (bytes === null) return { decoder: null, form: "null", text: "", failed: [] };
  if (bytes.length === 0) return { decoder: null, form: "empty", text: "", failed: [] };
  const whole = { ...payload, bytes };
  const failed: FailedDecoder[] = [];
  const chosen = choice === "auto" ? undefined : (byName.get(choice) ?? own.find(({ name }) => name === choice));
  if (isOwnDecoder(choice) && chosen === undefined)
    failed.push({ decoder: choice, reason: "no file in use has this name" });
  if (chosen) {
    const result = chosen.decode(whole);
    if (!isRefusal(result)) return { decoder: chosen.name, ...result, failed };
    failed.push({ decoder: chosen.name, reason: result.reason });
  }
  for (const decoder of [...own, ...automatic]) {
    if (decoder === chosen) continue;
    const unlikely = decoder.unlikely?.(whole);
    if (unlikely !== undefined) {
      if (unlikely !== "") failed.push({ decoder: decoder.name, reason: unlikely });
      continue;
    }
    const result = decoder.decode(whole);
    if (!isRefusal(result)) return { decoder: decoder.name, ...result, failed };
    failed.push({ decoder: decoder.name, reason: result.reason });
  }
  throw new Error("hex reads every payload");
}
