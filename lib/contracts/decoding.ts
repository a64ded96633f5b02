import * as z from "zod/mini";

/** Every way of reading the bytes of a key, value or header; each has a file in server/console/decoding. */
export const decoderNames = [
  "json",
  "xml",
  "utf8",
  "messagepack",
  "cbor",
  "uuid",
  "int8",
  "int16",
  "int32",
  "int64",
  "uint8",
  "uint16",
  "uint32",
  "uint64",
  "float32",
  "float64",
  "int16le",
  "int32le",
  "int64le",
  "uint16le",
  "uint32le",
  "uint64le",
  "float32le",
  "float64le",
  "hex",
  "base64",
  "consumer-offsets",
  "transaction-state",
  "share-group-state",
  "cluster-metadata",
  "connect",
  "mirror-maker",
] as const;
export const decoderName = z.enum(decoderNames);
export type DecoderName = z.infer<typeof decoderName>;

/** What a person may choose: a decoder, or that it is chosen by the bytes and the topic. */
export const decoderChoice = z.enum(["auto", ...decoderNames]);
export type DecoderChoice = z.infer<typeof decoderChoice>;

/** How the text of a decoded payload is to be read; `null` is Kafka's null, `bytes` is hex or base64. */
export const decodedForm = z.enum(["null", "empty", "json", "xml", "text", "bytes"]);
export type DecodedForm = z.infer<typeof decodedForm>;

/** A decoder that could not read the bytes, and why. */
export const failedDecoder = z.object({ decoder: decoderName, reason: z.string() });
export type FailedDecoder = z.infer<typeof failedDecoder>;
