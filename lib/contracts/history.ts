import * as z from "zod/mini";
import { instantMs } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/**
 * What the sampler keeps every 10 s (a day), and then every 5 min (a month). `name` is the topic, group or broker, "" for the cluster's own;
 * `part` is "topic/partition" for kinds of a group's partition, else "". Counters only grow: read them as rates.
 */
export const seriesKind = z.enum([
  /** Counter: sum of a topic's end offsets; its rate is messages in a second. */
  "topic-end",
  /** Bytes on disk, all replicas. */
  "topic-size",
  /** Messages that groups have not read yet, all groups together. */
  "topic-lag",
  /** Counter: messages of a topic that all groups have committed; its rate is messages read a second. */
  "topic-consumed",
  /** Messages that a group has not read yet. */
  "group-lag",
  /** Milliseconds: age of the oldest record that a group reads next. */
  "group-lag-time",
  /** Counter: messages that a group has committed; its rate is messages read a second. */
  "group-consumed",
  /** Lag of a group in one partition. */
  "group-partition-lag",
  /** Milliseconds: age of the record that a group reads next in one partition. */
  "group-partition-lag-time",
  /** Bytes on a broker's disks. */
  "broker-size",
  "broker-leaders",
  /** Microseconds that a broker took to answer. */
  "broker-latency",
  /** Counter: messages written to all topics but internal ones. */
  "cluster-produced",
  /** Counter: messages committed by all groups. */
  "cluster-consumed",
  "cluster-lag",
  "cluster-size",
  "cluster-under-replicated",
  "cluster-offline",
]);
export type SeriesKind = z.infer<typeof seriesKind>;

/** One series. */
export const seriesKey = z.object({ kind: seriesKind, name: z.string(), part: z._default(z.string(), "") });
export type SeriesKey = z.infer<typeof seriesKey>;

/** Series in one question, and points of each in the answer. */
export const historySeriesMax = 64;
export const historyPointsMax = 1_000;

/** Body of POST /api/clusters/{cluster}/history. */
export const historyQuery = z
  .object({
    series: z
      .array(z.object({ ...seriesKey.shape, as: z._default(z.enum(["value", "rate"]), "value") }))
      .check(z.maxLength(historySeriesMax)),
    fromMs: z.int().check(z.minimum(0)),
    toMs: z.int().check(z.minimum(0)),
    points: z._default(z.int().check(z.minimum(1), z.maximum(historyPointsMax)), 300),
  })
  .check(z.refine((query) => query.fromMs < query.toMs, "fromMs must be before toMs"));
export type HistoryQuery = z.infer<typeof historyQuery>;

/** Series over one grid of times. A value is the largest in its step (a peak does not vanish); a rate is a second's mean over the step; null is "not measured". */
export const historyAnswer = z.object({
  stepMs: z.number(),
  /** Ends of the steps. */
  times: z.array(z.number()),
  series: z.array(
    z.object({ kind: seriesKind, name: z.string(), part: z.string(), values: z.array(z.nullable(z.number())) }),
  ),
  /** The oldest point of the cluster that is kept; null when there is none. */
  keptSinceMs: z.nullable(z.number()),
  /** History lives only in memory: why. */
  problem: z.nullable(problemSchema),
  readAtMs: instantMs,
});
export type HistoryAnswer = z.infer<typeof historyAnswer>;
