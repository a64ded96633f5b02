import * as z from "zod/mini";
import { jobState } from "@/lib/contracts/jobs";
import { recordSummary } from "@/lib/contracts/messages";
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

/** A record found, with its topic. */
export const searchMatch = z.object({ ...recordSummary.shape, topic: z.string() });
export type SearchMatch = z.infer<typeof searchMatch>;

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
