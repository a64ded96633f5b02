import * as z from "zod/mini";
import { decodedForm, decoderChoice, decoderName, failedDecoder } from "@/lib/contracts/decoding";
import {
  clusterSlug,
  instantMs,
  offsetText,
  partitionNumber,
  positionsText,
  topicName,
} from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** How many records one page may have. */
export const messageLimits = [50, 100, 500, 1_000, 5_000] as const;

/** Characters of a key or value that a list carries; the detail carries them whole. */
export const previewCharacters = 1_024;

/** Bytes of a key or value that the detail carries; the rest is loaded when asked for. */
export const detailBytes = 262_144;

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
  topic: z.string(),
  partition: partitionNumber,
  offset: offsetText,
  /** -1 when there is none. Beyond 2^53 not exact. */
  timestampMs: z.number(),
  timestampType,
  key: payloadPreview,
  value: payloadPreview,
  headerCount: z.number(),
  /** Only of control records: what it says, in words. */
  control: z.optional(z.string()),
  /** The fields asked for as `columns`, each as it was written and cut to 200 characters; null where the value has none. */
  fields: z.optional(z.array(z.nullable(z.string()))),
});
export type RecordSummary = z.infer<typeof recordSummary>;

function isPointers(text: string): boolean {
  return pointersOf(text).length > 0;
}

/** The JSON pointers in the text of `columns`; none when it is no such text. */
export function pointersOf(columns: string | undefined): string[] {
  if (columns === undefined) return [];
  try {
    const parsed: unknown = JSON.parse(columns);
    if (!Array.isArray(parsed)) return [];
    return parsed.filter((one): one is string => typeof one === "string" && one.startsWith("/")).slice(0, 20);
  } catch {
    return [];
  }
}

const wholeNumber = z.coerce.number().check(z.int());

/** Where reading begins. `group`: at a consumer group's committed offsets; `offsets`: at an offset of its own in each partition. */
export const messagePlace = z.enum(["newest", "oldest", "offset", "offsets", "time", "last", "group"]);

/** Times before now, for `last`; `today` begins at midnight UTC. */
export const lastSpans = ["5m", "15m", "1h", "6h", "24h", "7d", "today"] as const;

/** Query of GET /api/clusters/{cluster}/topics/{topic}/messages. Everything is text in an address, so numbers and lists are parsed. */
export const messageQuery = z
  .object({
    from: z._default(messagePlace, "newest"),
    /** For `offset`: the first offset wanted, in each chosen partition. */
    offset: z.optional(offsetText),
    /** For `offsets`: the first offset wanted by partition; only these partitions are read. See `lib/positions.ts`. */
    offsets: z.optional(positionsText),
    /** For `time`: the earliest timestamp wanted. */
    timeMs: z.optional(wholeNumber),
    last: z.optional(z.enum(lastSpans)),
    group: z.optional(z.string().check(z.minLength(1), z.maxLength(255))),
    /** The last offset wanted, in each partition; with `newest` reading goes back from it. */
    toOffset: z.optional(offsetText),
    /** Only what stands before the first record at or after this time; with `newest` reading goes back from it. */
    toMs: z.optional(wholeNumber),
    /** Partitions wanted, as "0,2,5"; all without it. */
    partitions: z.optional(z.string().check(z.regex(/^\d{1,10}(,\d{1,10}){0,999}$/))),
    /** More topics to merge in, as "payments,refunds". */
    topics: z.optional(z.string().check(z.regex(/^[a-zA-Z0-9._-]{1,249}(,[a-zA-Z0-9._-]{1,249}){0,15}$/))),
    limit: z._default(wholeNumber.check(z.minimum(1), z.maximum(5_000)), 100),
    /** "true": control records too. */
    control: z.optional(z.enum(["true"])),
    /** Fields of values that are wanted beside them: JSON pointers, as the text of a JSON array. */
    columns: z.optional(z.string().check(z.maxLength(4_000), z.refine(isPointers, "columns are JSON pointers"))),
    /** Decoders of keys and values. */
    keyAs: z.optional(decoderChoice),
    valueAs: z.optional(decoderChoice),
    /** The edge of another page, as that page gave it, and which side of it is wanted. */
    edge: z.optional(positionsText),
    turn: z.optional(z.enum(["next", "previous"])),
  })
  .check(
    z.refine((query) => query.from !== "offset" || query.offset !== undefined, "offset is missing"),
    z.refine((query) => query.from !== "offsets" || query.offsets !== undefined, "offsets are missing"),
    z.refine((query) => query.from !== "time" || query.timeMs !== undefined, "timeMs is missing"),
    z.refine((query) => query.from !== "last" || query.last !== undefined, "last is missing"),
    z.refine((query) => query.from !== "group" || query.group !== undefined, "group is missing"),
  );
export type MessageQuery = z.infer<typeof messageQuery>;

/** How records are saved in a file: a JSON array, a JSON object a line, or a table. */
export const exportFormat = z.enum(["json", "ndjson", "csv"]);
export type ExportFormat = z.infer<typeof exportFormat>;

/** Records that one file has at most. */
export const exportRecordsMax = 100_000;

/** What was read of one partition. */
export const partitionRead = z.object({
  topic: z.string(),
  partition: partitionNumber,
  startOffset: z.nullable(offsetText),
  endOffset: z.nullable(offsetText),
  problem: z.nullable(problemSchema),
});

/**
 * GET …/messages. `newest`: the newest records first (by timestamp over partitions, by offset within one);
 * otherwise oldest first. A partition that cannot be read has its problem, and the others their records.
 */
export const messagePage = z.object({
  records: z.array(recordSummary),
  partitions: z.array(partitionRead),
  /** For `edge` of the pages on both sides; null where there is nothing more. */
  edges: z.object({ next: z.nullable(positionsText), previous: z.nullable(positionsText) }),
  /** Records read to find these. */
  scanned: z.number(),
  durationMs: z.number(),
  readAtMs: instantMs,
});
export type MessagePage = z.infer<typeof messagePage>;

/** A key, value or header value with its bytes, and what a decoder made of them. */
export const payloadDetail = z.object({
  /** Null is Kafka's null. */
  base64: z.nullable(z.string()),
  sizeBytes: z.number(),
  /** More than `detailBytes`; only the beginning is here, and only it was decoded. */
  truncated: z.boolean(),
  /** Null for null and for no bytes. */
  decoder: z.nullable(decoderName),
  form: decodedForm,
  /** With form `json` JSON whose numbers are exact; as it was produced where it was produced as JSON. */
  text: z.string(),
  /** The same in plain words, for records that Kafka itself wrote. */
  words: z.optional(z.string()),
  /** Decoders that were tried before, and why each failed. */
  failed: z.array(failedDecoder),
});
export type PayloadDetail = z.infer<typeof payloadDetail>;

/** Bytes with the meaning of each stretch of them. */
const annotatedBytes = z.object({
  hex: z.string(),
  spans: z.array(z.object({ start: z.number(), end: z.number(), label: z.string(), value: z.string() })),
});
export type AnnotatedHex = z.infer<typeof annotatedBytes>;

/** GET …/messages/{partition}/{offset}: exactly this record, else `record-not-found`. */
export const recordDetail = z.object({
  topic: z.string(),
  partition: partitionNumber,
  offset: offsetText,
  timestampMs: z.number(),
  timestampType,
  key: payloadDetail,
  value: payloadDetail,
  /** In order, names may repeat. */
  headers: z.array(z.object({ key: z.string(), value: payloadDetail })),
  /** Only of control records: what it says, in words. */
  control: z.optional(z.string()),
  batch: z.object({
    baseOffset: offsetText,
    lastOffset: offsetText,
    recordCount: z.number(),
    /** As stored, header and all. */
    sizeBytes: z.number(),
    codec: z.enum(["none", "gzip", "snappy", "lz4", "zstd"]),
    /** Bytes of its records uncompressed, and as stored. */
    recordBytes: z.number(),
    storedBytes: z.number(),
    leaderEpoch: z.number(),
    maxTimestampMs: z.number(),
    /** As text; null for a producer without one. */
    producerId: z.nullable(z.string()),
    producerEpoch: z.number(),
    /** Of the batch's first record; -1 without idempotence. */
    baseSequence: z.number(),
    isTransactional: z.boolean(),
    /** How the transaction came out; null outside of one. */
    fate: z.nullable(z.enum(["committed", "aborted", "open"])),
  }),
  /** The batch's header and the record, byte for byte. */
  anatomy: z.object({ header: annotatedBytes, record: annotatedBytes }),
});
export type RecordDetail = z.infer<typeof recordDetail>;

/** Query of GET …/messages/{partition}/{offset}. */
export const recordQuery = z.object({ keyAs: z.optional(decoderChoice), valueAs: z.optional(decoderChoice) });

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
