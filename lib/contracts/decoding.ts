import * as z from "zod/mini";

/** Every built-in way of reading the bytes of a key, value or header; each has a file in server/console/decoding. */
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

/** What a decoder of the operator's own may be called. */
export const ownDecoderName = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/));

/** A decoder of the operator's own, apart from those that are built in. */
const ownDecoder = z.templateLiteral(["own:", ownDecoderName]);

/** What read bytes. */
export const decoderName = z.union([z.enum(decoderNames), ownDecoder]);
export type DecoderName = z.infer<typeof decoderName>;

/** What a person may choose: a decoder, or that it is chosen by the bytes and the topic. */
export const decoderChoice = z.union([z.enum(["auto", ...decoderNames]), ownDecoder]);
export type DecoderChoice = z.infer<typeof decoderChoice>;

/** Tells the operator's own decoders from those that are built in. */
export function isOwnDecoder(decoder: string | null | undefined): decoder is `own:${string}` {
  return decoder?.startsWith("own:") === true;
}

/** GET /api/clusters/{cluster}/decoders: the operator's own decoders, and the files in their directory that are none. */
export const ownDecoders = z.object({
  /** The directory on the console's machine. */
  directory: z.string(),
  decoders: z.array(z.object({ decoder: ownDecoder, file: z.string(), hasGuess: z.boolean() })),
  failures: z.array(z.object({ file: z.string(), reason: z.string() })),
});
export type OwnDecoders = z.infer<typeof ownDecoders>;

/** How the text of a decoded payload is to be read; `null` is Kafka's null, `bytes` is hex or base64. */
export const decodedForm = z.enum(["null", "empty", "json", "xml", "text", "bytes"]);
export type DecodedForm = z.infer<typeof decodedForm>;

/** A decoder that could not read the bytes, and why. */
export const failedDecoder = z.object({ decoder: decoderName, reason: z.string() });
export type FailedDecoder = z.infer<typeof failedDecoder>;
