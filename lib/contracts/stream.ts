import * as z from "zod/mini";
import { decoderChoice } from "@/lib/contracts/decoding";
import { recordSummary } from "@/lib/contracts/messages";
import { clusterSlug, offsetText, partitionNumber, topicName } from "@/lib/contracts/primitives";
import { searchMatch, searchStatus } from "@/lib/contracts/search";
import { problemSchema } from "@/lib/problem";

/** One thing a tab listens to. `id` is the tab's own name for it and comes back with each event. */
export const subscription = z.discriminatedUnion("channel", [
  z.object({ channel: z.literal("cluster"), id: z.string(), cluster: clusterSlug }),
  z.object({ channel: z.literal("topics"), id: z.string(), cluster: clusterSlug }),
  z.object({ channel: z.enum(["sampled", "jobs", "journal", "alerts"]), id: z.string(), cluster: clusterSlug }),
  z.object({
    channel: z.literal("messages"),
    id: z.string(),
    cluster: clusterSlug,
    topic: topicName,
    /** More topics to merge in. */
    topics: z.optional(z.array(topicName).check(z.maxLength(15))),
    /** Null for all, those made later too. */
    partitions: z.nullable(z.array(partitionNumber)),
    /** Control records too. */
    control: z.optional(z.boolean()),
    /** Decoders of keys and values. */
    /** As in the query of messages. */
    columns: z.optional(z.string().check(z.maxLength(4_000))),
    keyAs: z.optional(decoderChoice),
    valueAs: z.optional(decoderChoice),
    /** Where to go on: the next offset wanted, by `partition`, or `topic/partition` of the other topics. Those not named start at their end. */
    positions: z.record(z.string(), offsetText),
  }),
  z.object({
    channel: z.literal("search"),
    id: z.string(),
    cluster: clusterSlug,
    job: z.int(),
    /** Matches up to here are known already. */
    sequence: z.int(),
  }),
]);
export type Subscription = z.infer<typeof subscription>;

/** Body of POST /api/stream/{streamId}: replaces all the tab listens to. A subscription whose `id` is unchanged goes on. */
export const subscriptionSet = z.object({ subscriptions: z.array(subscription).check(z.maxLength(16)) });
export type SubscriptionSet = z.infer<typeof subscriptionSet>;

/** The `data:` of one event of GET /api/stream. */
export const streamEvent = z.discriminatedUnion("type", [
  /** First event; after a reconnect there is a new id and the tab subscribes again. */
  z.object({ type: z.literal("hello"), streamId: z.string() }),
  /** At subscription, then at each change and at least every 5 s. */
  z.object({
    type: z.literal("cluster"),
    id: z.string(),
    state: z.enum(["connected", "unreachable"]),
    /** Of the last probe; null when there was no answer. */
    latencyMs: z.nullable(z.number()),
    /** When the cluster last answered; null when it never did. */
    lastAnswerMs: z.nullable(z.number()),
    problem: z.nullable(problemSchema),
  }),
  /** Topics were made, deleted or changed (partitions, leaders, ISR): read the list again. */
  z.object({ type: z.literal("topics"), id: z.string() }),
  /** A sweep ended (read overview, groups, brokers and trends again), a job went on, a change was written down, an alert fired, ended or was sent. */
  z.object({ type: z.enum(["sampled", "jobs", "journal", "alerts"]), id: z.string() }),
  /** New records, at most 10 times a second and 500 records an event. */
  z.object({
    type: z.literal("messages"),
    id: z.string(),
    records: z.array(recordSummary),
    /** Next offsets, for `positions` after a reconnect. */
    positions: z.record(z.string(), offsetText),
    /** Records left out because the reader was slower than the topic. */
    skipped: z.number(),
  }),
  /** A search has read more, found more or changed its state: at most 10 times a second, and 500 matches an event. The first match is told at once. */
  z.object({
    type: z.literal("search"),
    id: z.string(),
    status: searchStatus,
    found: z.array(searchMatch),
    /** For `sequence` after a reconnect. */
    sequence: z.int(),
  }),
  /** The subscription cannot go on now; the server tries again by itself while `retryable`. */
  z.object({ type: z.literal("problem"), id: z.string(), problem: problemSchema }),
]);
export type StreamEvent = z.infer<typeof streamEvent>;
