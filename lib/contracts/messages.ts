import * as z from "zod/mini";
import { decodedForm, decoderName } from "@/lib/contracts/decoding";
import { clusterSlug, instantMs, offsetText, partitionNumber, topicName } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** How many records one page may have. */
export const messageLimits = [50, 100, 500, 1_000, 5_000] as const;

/** Characters of a key or value that a list carries; the detail carries them whole. */
export const previewCharacters = 1_024;

/** Bytes of a key or value that the detail carries. */
export const detailBytes = 1_048_576;

/** The beginning of a key or value, for a line in a list. */
export const payloadPreview = z.object({
  /** `null` is Kafka's null (a tombstone, no key). */
  format: decodedForm,
  /** What read it; without one for null and for no bytes. */
  decoder: z.optional(decoderName),
  /** As the decoder made it; JSON that was produced is never re-formatted, so that numbers stay exact. */
  text: z.string(),
  /** The same in plain words, for records that Kafka itself wrote. */
  words: z.optional(z.string()),
  /** Whole size; 0 for null. */
  sizeBytes: z.number(),
  truncated: z.boolean(),
});
export type PayloadPreview = z.infer<typeof payloadPreview>;

/** Who set a record's timestamp; `none` for records without one. */
export const timestampType = z.enum(["create", "append", "none"]);

/** One record in a list. */
export const recordSummary = z.object({
  partition: partitionNumber,
  offset: offsetText,
  /** -1 when there is none. Beyond 2^53 not exact. */
  timestampMs: z.number(),
  timestampType,
  key: payloadPreview,
  value: payloadPreview,
  headerCount: z.number(),
});
export type RecordSummary = z.infer<typeof recordSummary>;

const wholeNumber = z.coerce.number().check(z.int());

/** Query of GET /api/clusters/{cluster}/topics/{topic}/messages. Everything is text in an address, so numbers are coerced. */
export const messageQuery = z
  .object({
    from: z._default(z.enum(["newest", "oldest", "offset", "time"]), "newest"),
    /** For `offset`: the first offset wanted, in each chosen partition. */
    offset: z.optional(offsetText),
    /** For `time`: the earliest timestamp wanted. */
    timeMs: z.optional(wholeNumber),
    /** One partition; all without it. */
    partition: z.optional(wholeNumber.check(z.minimum(0))),
    limit: z._default(wholeNumber.check(z.minimum(1), z.maximum(5_000)), 100),
  })
  .check(
    z.refine((query) => query.from !== "offset" || query.offset !== undefined, "offset is missing"),
    z.refine((query) => query.from !== "time" || query.timeMs !== undefined, "timeMs is missing"),
  );
export type MessageQuery = z.infer<typeof messageQuery>;

/** What was read of one partition. */
export const partitionRead = z.object({
  partition: partitionNumber,
  startOffset: z.nullable(offsetText),
  endOffset: z.nullable(offsetText),
  /** Next offset after the last record read. */
  nextOffset: z.nullable(offsetText),
  problem: z.nullable(problemSchema),
});

/**
 * GET …/messages. `newest`: the newest records first (by timestamp over partitions, by offset within one);
 * otherwise oldest first. A partition that cannot be read has its problem, and the others their records.
 */
export const messagePage = z.object({
  records: z.array(recordSummary),
  partitions: z.array(partitionRead),
  /** Records read to find these. */
  scanned: z.number(),
  durationMs: z.number(),
  readAtMs: instantMs,
});
export type MessagePage = z.infer<typeof messagePage>;

/** A key, value or header value with its bytes; `base64` null is Kafka's null. */
export const payloadBytes = z.object({
  base64: z.nullable(z.string()),
  sizeBytes: z.number(),
  /** More than `detailBytes`; only the beginning is here. */
  truncated: z.boolean(),
});
export type PayloadBytes = z.infer<typeof payloadBytes>;

/** GET …/messages/{partition}/{offset}: exactly this record, else `record-not-found`. */
export const recordDetail = z.object({
  partition: partitionNumber,
  offset: offsetText,
  timestampMs: z.number(),
  timestampType,
  key: payloadBytes,
  value: payloadBytes,
  /** In order, names may repeat. */
  headers: z.array(z.object({ key: z.string(), value: payloadBytes })),
  batch: z.object({
    baseOffset: offsetText,
    recordCount: z.number(),
    sizeBytes: z.number(),
    codec: z.enum(["none", "gzip", "snappy", "lz4", "zstd"]),
    leaderEpoch: z.number(),
    /** As text; null for a producer without one. */
    producerId: z.nullable(z.string()),
    producerEpoch: z.number(),
    isTransactional: z.boolean(),
  }),
});
export type RecordDetail = z.infer<typeof recordDetail>;

/** What a person typed for a key, value or header. */
export const payloadInput = z.object({ encoding: z.enum(["utf8", "base64"]), text: z.string() });
export type PayloadInput = z.infer<typeof payloadInput>;

/** Input of the action `produceMessage`. A null value is a tombstone; without a partition kafkajs' default partitioner chooses. */
export const produceMessageInput = z.object({
  cluster: clusterSlug,
  topic: topicName,
  key: z.nullable(payloadInput),
  value: z.nullable(payloadInput),
  headers: z
    .array(z.object({ key: z.string().check(z.minLength(1, "A header needs a name.")), value: payloadInput }))
    .check(z.maxLength(1_000)),
  partition: z.nullable(partitionNumber),
  /** Null: now. */
  timestampMs: z.nullable(z.int()),
  codec: z.enum(["none", "gzip"]),
  acks: z.enum(["all", "leader", "none"]),
});
export type ProduceMessageInput = z.infer<typeof produceMessageInput>;

/** Where the record went; the offset is null with acks=none. */
export type ProducedMessage = {
  readonly partition: number;
  readonly offset: string | null;
  readonly durationMs: number;
};
