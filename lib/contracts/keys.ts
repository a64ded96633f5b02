import * as z from "zod/mini";
import { payloadDetail, payloadPreview, recordSummary } from "@/lib/contracts/messages";
import { instantMs, offsetText, partitionNumber } from "@/lib/contracts/primitives";
import { decoderChoice } from "@/lib/contracts/decoding";

/** Versions of a key, and keys of a table, that one answer has at most. */
export const keyVersionsMax = 50;
export const tableKeysMax = 500;

const decoders = { keyAs: z.optional(decoderChoice), valueAs: z.optional(decoderChoice) };

/** Query of GET …/topics/{topic}/key-history. */
export const keyHistoryQuery = z.object({
  /** The bytes of the key in base64; the empty key has none. */
  key: z.string().check(z.maxLength(40_000), z.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
  /** "true": in every partition, for keys that were not placed by Kafka's own partitioner. */
  everywhere: z.optional(z.enum(["true"])),
  ...decoders,
});
export type KeyHistoryQuery = z.infer<typeof keyHistoryQuery>;

/** One version of a key. */
export const keyVersion = z.object({
  partition: partitionNumber,
  offset: offsetText,
  timestampMs: z.number(),
  value: payloadDetail,
});
export type KeyVersion = z.infer<typeof keyVersion>;

/** GET …/topics/{topic}/key-history: the versions of one key, newest first. */
export const keyHistory = z.object({
  key: payloadPreview,
  versions: z.array(keyVersion),
  /** The partition where Kafka's partitioner puts this key; null when all were read. */
  partition: z.nullable(partitionNumber),
  scanned: z.number(),
  /** Why older versions may be missing, in words; null when all was read. */
  incomplete: z.nullable(z.string()),
});
export type KeyHistory = z.infer<typeof keyHistory>;

/** Query of GET …/topics/{topic}/key-table. */
export const keyTableQuery = z.object(decoders);
export type KeyTableQuery = z.infer<typeof keyTableQuery>;

/** GET …/topics/{topic}/key-table: the newest record of each key, the latest written first; tombstones too. */
export const keyTable = z.object({
  records: z.array(recordSummary),
  /** Where to follow on from: next offsets by partition. */
  positions: z.record(z.string(), offsetText),
  scanned: z.number(),
  incomplete: z.nullable(z.string()),
  readAtMs: instantMs,
});
export type KeyTable = z.infer<typeof keyTable>;
