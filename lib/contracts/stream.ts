import * as z from "zod/mini";
import { decoderChoice } from "@/lib/contracts/decoding";
import { clusterSlug, offsetText, partitionNumber, topicName } from "@/lib/contracts/primitives";
import { messagesEvent } from "@/lib/contracts/stream-messages";
import { plainEvent } from "@/lib/contracts/stream-plain";
import { searchEvent } from "@/lib/contracts/stream-search";

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
    /** As in the query of messages. */
    columns: z.optional(z.string().check(z.maxLength(4_000))),
    /** Decoders of keys and values. */
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
export const streamEvent = z.union([plainEvent, messagesEvent, searchEvent]);
export type StreamEvent = z.infer<typeof streamEvent>;
