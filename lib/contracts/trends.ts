import * as z from "zod/mini";
import { byName } from "@/lib/contracts/by-name";
import { instantMs } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** A line for a list's row: the last hour in steps, oldest first; null is "not measured". */
export type Trend = (number | null)[];

// Looked through by hand: a list of 10,000 topics has 600,000 of these numbers, and the page waits.
export const trend = z.custom<Trend>(
  (line) => Array.isArray(line) && line.every((value) => value === null || typeof value === "number"),
  "a line of numbers was expected",
);

/** GET /api/clusters/{cluster}/trends: what the topics' rows show beside the list itself. */
export const topicTrends = z.object({
  stepMs: z.number(),
  topics: byName(
    z.string(),
    z.object({
      /** Messages in a second now; null before two samples. */
      messagesPerSecond: z.nullable(z.number()),
      messages: trend,
      /** Null when groups could not be read, nobody reads the topic, or who reads it has committed nothing. */
      lag: z.nullable(z.number()),
      lags: trend,
      /** Groups that read it. */
      groups: z.number(),
      /**
       * Of these groups those with the most to read, with their lag in the topic; null where it is not known. Those that have committed nothing
       * in it, and so have no lag, come last.
       */
      readers: z.array(z.object({ groupId: z.string(), lag: z.nullable(z.number()), hasCommitted: z.boolean() })),
      /** When its last message was written; null when it has none, or before that is known. */
      lastRecordMs: z.nullable(z.number()),
    }),
  ),
  /** Only of the topics that a page is sent with; the others follow. */
  isPartial: z.boolean(),
  problems: z.array(problemSchema),
  /** Null before the first sweep. */
  readAtMs: z.nullable(instantMs),
});
export type TopicTrends = z.infer<typeof topicTrends>;
