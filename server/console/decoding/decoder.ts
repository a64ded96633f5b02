import type { DecodedForm, DecoderName } from "../../../lib/contracts/decoding.ts";

/** Bytes to decode, and where they stand. */
export type Payload = {
  readonly bytes: Uint8Array;
  /** More bytes follow that are not here: only a decoder that reads a beginning can take it. */
  readonly isCut: boolean;
  /** All of the bytes where they are cut but at hand, for decoders that cannot read a beginning. */
  readonly whole?: Uint8Array;
  readonly topic: string;
  readonly part: "key" | "value" | "header";
  /** The record's key, by which the values of Kafka's internal topics are read. */
  readonly key: Uint8Array | null;
  /** The record's, in order, where they are known. */
  readonly headers?: readonly { readonly key: string; readonly value: Uint8Array | null }[];
};

/** What a decoder made of the bytes. */
export type Decoded = {
  readonly form: Exclude<DecodedForm, "null" | "empty">;
  /** With form `json` JSON text whose numbers are exact; as it was written, where it was text. */
  readonly text: string;
  /** The same in one line of plain words, for records that Kafka itself wrote. */
  readonly words?: string;
};

/** Why bytes could not be read. */
export type Refusal = { readonly reason: string };

/** One way to read bytes: a pure function, so that it works in a worker too. */
export type Decoder = {
  readonly name: DecoderName;
  /** Reads the payload, or says why it cannot; never throws. */
  readonly decode: (payload: Payload) => Decoded | Refusal;
  /** Why it should not be taken by itself although it might read the bytes; undefined when it may. */
  readonly unlikely?: (payload: Payload) => string | undefined;
};

/** Tells a refusal from what was made. */
export function isRefusal(result: object): result is Refusal {
  return "reason" in result;
}

/** What a library threw, as a reason. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
