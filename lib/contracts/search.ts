import * as z from "zod/mini";
import { decoderChoice } from "@/lib/contracts/decoding";
import { jobState } from "@/lib/contracts/jobs";
import { recordSummary, type RecordSummary } from "@/lib/contracts/messages";
import { clusterSlug, instantMs, offsetText, partitionNumber, topicName } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";
import { searchLanguages } from "@/lib/search/language";

/** Matches that a result set keeps; later ones are counted. */
export const keptMatchesMax = 5_000;

/** What to look for, and where. */
export const searchQuery = z.object({
  text: z.string().check(z.minLength(1, "There is nothing to look for."), z.maxLength(4_000)),
  language: z.enum(searchLanguages),
  topics: z.array(topicName).check(z.minLength(1), z.maxLength(100)),
  /** Null: all. */
  partitions: z.nullable(z.array(partitionNumber).check(z.minLength(1), z.maxLength(10_000))),
  /** `newest` reads back from the end, so that the newest matches come first. */
  order: z.enum(["newest", "oldest"]),
  /** The first offset of each partition that is read. */
  fromOffset: z.nullable(offsetText),
  /** Timestamps from here, to here; found by ListOffsets. */
  fromMs: z.nullable(z.int()),
  toMs: z.nullable(z.int()),
  limit: z.nullable(z.int().check(z.minimum(1))),
  /** Records that may be read. */
  budget: z.nullable(z.int().check(z.minimum(1))),
  /** `committed` leaves out what was aborted or is still open. */
  isolation: z.enum(["uncommitted", "committed"]),
  /** Look at control records too. */
  isControlShown: z.boolean(),
  /** A key that is named is looked for in its partition only, as Kafka's default partitioner chooses it. */
  isKeyPartitionOnly: z.boolean(),
  /** Decoders that were chosen by hand where the search was begun: expressions see what they read. */
  keyAs: z.optional(decoderChoice),
  valueAs: z.optional(decoderChoice),
});
export type SearchQuery = z.infer<typeof searchQuery>;

/** A record on which the expression failed, and by what. */
export const searchFailure = z.object({
  topic: z.string(),
  partition: z.number(),
  offset: z.string(),
  message: z.string(),
});
export type SearchFailure = z.infer<typeof searchFailure>;

/** Why a search ended before the end of what there is. */
export const searchEnd = z.enum(["all-read", "limit", "budget"]);
export type SearchEnd = z.infer<typeof searchEnd>;

/** What a search has read and found so far. */
export const searchFacts = z.object({
  /** Offsets passed, of all that are to be read. */
  offsetsDone: z.number(),
  offsetsTotal: z.number(),
  /** Records and bytes that came. */
  records: z.number(),
  bytes: z.number(),
  matches: z.number(),
  /** Records decoded for the expression; the others were ruled out by their bytes. */
  evaluated: z.number(),
  failed: z.number(),
  failure: z.nullable(searchFailure),
  /** The time that it has come to, everywhere; null before it has read anything. */
  reachedMs: z.nullable(z.number()),
  partitions: z.number(),
  /** The partition of the key that is named, when only that one is read. */
  keyPartition: z.nullable(z.number()),
  end: z.nullable(searchEnd),
  /** Partitions that could not be read, and why. */
  problems: z.array(problemSchema),
});
export type SearchFacts = z.infer<typeof searchFacts>;

/** A record found. */
export const searchMatch = recordSummary;
export type SearchMatch = RecordSummary;

/** A search and how far it is. */
export const searchStatus = z.object({
  job: z.int(),
  title: z.string(),
  state: jobState,
  query: searchQuery,
  facts: searchFacts,
  ratePerSecond: z.nullable(z.number()),
  etaMs: z.nullable(z.number()),
  problem: z.nullable(problemSchema),
  actor: z.string(),
  createdAtMs: instantMs,
  endedAtMs: z.nullable(instantMs),
});
export type SearchStatus = z.infer<typeof searchStatus>;

/** GET /api/clusters/{cluster}/searches/{job}: the search and the matches kept, in its order. */
export const searchResult = z.object({
  ...searchStatus.shape,
  matches: z.array(searchMatch),
  /** Matches up to here are in the list; the stream goes on after. */
  sequence: z.int(),
});
export type SearchResult = z.infer<typeof searchResult>;

/** Body of POST /api/clusters/{cluster}/searches. */
export const startSearchInput = z.object({
  cluster: clusterSlug,
  query: searchQuery,
  /** A search of the same tab that this one takes the place of: it is stopped. */
  replaces: z.nullable(z.int()),
});
export type StartSearchInput = z.infer<typeof startSearchInput>;

/** Body of POST /api/clusters/{cluster}/searches/check: a query that may not be whole yet. */
export const checkSearchInput = z.object({ cluster: clusterSlug, query: searchQuery });
export type CheckSearchInput = z.infer<typeof checkSearchInput>;

/** Records of a sample, at most. */
export const sampleRecords = 300;

/** What a query is worth: where it is wrong, or what it finds among the newest records. */
export const searchCheck = z.object({
  /** Positions in the text (UTF-16 units), `end` exclusive. */
  fault: z.nullable(z.object({ message: z.string(), start: z.int(), end: z.int() })),
  /** Null with a fault. */
  sample: z.nullable(
    z.object({
      /** Fewer than there are when `isLate`. */
      records: z.int(),
      matches: z.int(),
      /** The newest records could not all be read in time. */
      isLate: z.boolean(),
      failed: z.int(),
      failure: z.nullable(searchFailure),
    }),
  ),
});
export type SearchCheck = z.infer<typeof searchCheck>;

/** One field of a topic's values, as found in a sample. */
export const sampledField = z.object({
  /** As an expression writes it: "value.customer.id". */
  path: z.string(),
  /** "string", "int", "double", "bool", "null", "list", "object"; several where they differ. */
  type: z.string(),
  /** Share of the records that have it, 0 to 1. */
  presence: z.number(),
  /** A value or a few: "FR, DE, +4". */
  sample: z.string(),
});
export type SampledField = z.infer<typeof sampledField>;

/** GET /api/clusters/{cluster}/topics/{topic}/fields */
export const topicFields = z.object({ records: z.int(), fields: z.array(sampledField) });
export type TopicFields = z.infer<typeof topicFields>;

/** Query of GET /api/clusters/{cluster}/topics/{topic}/strip. Without times: all that the topic has. */
export const stripQuery = z.object({
  fromMs: z.optional(z.coerce.number().check(z.int())),
  toMs: z.optional(z.coerce.number().check(z.int())),
  buckets: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 80),
});
export type StripQuery = z.infer<typeof stripQuery>;

/** Records over time by the offsets at the buckets' edges; no record is read. */
export const timeStrip = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  /** Records of each bucket, all as long as each other. */
  counts: z.array(z.number()),
  /** Where a consumer group stands: the time of the next record that it reads, the earliest of its partitions. */
  groups: z.array(z.object({ group: z.string(), atMs: z.number(), lag: z.number() })),
  /** Partitions that did not answer; their records are not in it. */
  problems: z.array(problemSchema),
});
export type TimeStrip = z.infer<typeof timeStrip>;

/** A search that somebody keeps for later, for a topic. */
export const savedSearch = z.object({
  id: z.int(),
  topic: z.string(),
  name: z.string(),
  query: searchQuery,
  actor: z.string(),
  createdAtMs: instantMs,
});
export type SavedSearch = z.infer<typeof savedSearch>;

/** GET /api/clusters/{cluster}/topics/{topic}/saved-searches */
export const savedSearchList = z.object({ searches: z.array(savedSearch) });
export type SavedSearchList = z.infer<typeof savedSearchList>;

/** Input of the action `saveSearch`. A search of the same name is replaced. */
export const saveSearchInput = z.object({
  cluster: clusterSlug,
  topic: topicName,
  name: z.string().check(z.trim(), z.minLength(1, "A saved search needs a name."), z.maxLength(100)),
  query: searchQuery,
});
export type SaveSearchInput = z.infer<typeof saveSearchInput>;

/** Input of the action `removeSavedSearch`. */
export const removeSavedSearchInput = z.object({ cluster: clusterSlug, topic: topicName, name: z.string() });
export type RemoveSavedSearchInput = z.infer<typeof removeSavedSearchInput>;
