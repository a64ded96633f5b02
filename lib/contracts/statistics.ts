import * as z from "zod/mini";
import { jobSummary } from "@/lib/contracts/jobs";
import { clusterSlug, topicName } from "@/lib/contracts/primitives";

/** Input of the action `startStatistics`. */
export const startStatisticsInput = z.object({ cluster: clusterSlug, topic: topicName });
export type StartStatisticsInput = z.infer<typeof startStatisticsInput>;

/** Sizes in bytes; percentiles are exact to a sixteenth. */
export const sizeSummary = z.object({
  min: z.number(),
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
  max: z.number(),
  total: z.number(),
});
export type SizeSummary = z.infer<typeof sizeSummary>;

/** What a whole topic is made of, as far as it has been read. */
export const topicStatistics = z.object({
  records: z.number(),
  nullKeys: z.number(),
  tombstones: z.number(),
  /** An estimate, right to about two in a hundred. */
  distinctKeys: z.number(),
  keySizes: z.nullable(sizeSummary),
  valueSizes: z.nullable(sizeSummary),
  firstMs: z.nullable(z.number()),
  lastMs: z.nullable(z.number()),
  partitions: z.array(z.object({ partition: z.number(), records: z.number(), bytes: z.number() })),
  /** Records by hour, oldest first; of the newest 2,000 hours that have any. */
  hours: z.array(z.object({ startMs: z.number(), records: z.number() })),
  codecs: z.array(
    z.object({
      codec: z.string(),
      batches: z.number(),
      records: z.number(),
      storedBytes: z.number(),
      /** Of keys and values, uncompressed. */
      contentBytes: z.number(),
    }),
  ),
});
export type TopicStatistics = z.infer<typeof topicStatistics>;

/** GET …/topics/{topic}/statistics: the newest job of this topic, and what it has found; null when there was none. */
export const statisticsStatus = z.object({
  job: z.nullable(jobSummary),
  statistics: z.nullable(topicStatistics),
});
export type StatisticsStatus = z.infer<typeof statisticsStatus>;
