import * as z from "zod/mini";
import { brokerSummary } from "@/lib/contracts/broker-summary";
import { clusterSlug, instantMs } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** What ends a trouble, or shows what will. */
export const remedy = z.discriminatedUnion("kind", [
  /** The console runs the broker, and it is stopped. */
  z.object({ kind: z.literal("start-broker"), broker: z.int() }),
  z.object({ kind: z.literal("see-broker"), broker: z.int() }),
  z.object({ kind: z.literal("move-replicas"), broker: z.int() }),
  /** No replica in sync is left: only one that lacks messages can lead. */
  z.object({ kind: z.literal("elect-uncleanly"), topic: z.string(), partitions: z.array(z.int()) }),
  z.object({ kind: z.literal("reset-offsets"), group: z.string() }),
  z.object({ kind: z.enum(["see-record", "see-members", "see-grid", "see-rebalances"]), group: z.string() }),
]);
export type Remedy = z.infer<typeof remedy>;

/** One thing that is wrong: what it is about, what it is and does, since when. */
export const attention = z.object({
  /** The same as long as it lasts. */
  key: z.string(),
  severity: z.enum(["warning", "critical"]),
  /** The link to its cause. */
  subject: z.object({ type: z.enum(["topic", "group", "broker", "cluster"]), name: z.string() }),
  /** A sentence that begins after the subject's name: "has 2 partitions below min ISR. Producers with acks=all are refused." */
  text: z.string(),
  /** Null where nobody can do anything about it from here. */
  remedy: z.nullable(remedy),
  /** When the console first saw it. */
  sinceMs: instantMs,
});
export type Attention = z.infer<typeof attention>;

/** The sample data of a cluster: `absent` can be loaded, with a job it is there or on its way. */
export const sampleData = z.object({ state: z.enum(["absent", "running", "stopped"]), jobId: z.nullable(z.int()) });
export type SampleData = z.infer<typeof sampleData>;

/** GET /api/clusters/{cluster}/overview: what the last sweep found; a chart's points come from the history. */
export const overview = z.object({
  /** Worst first. */
  attention: z.array(attention),
  topics: z.number(),
  partitions: z.number(),
  /** Null when groups could not be read. */
  groups: z.nullable(z.number()),
  /** No topic but internal ones. */
  isEmpty: z.boolean(),
  producedPerSecond: z.nullable(z.number()),
  consumedPerSecond: z.nullable(z.number()),
  lagMessages: z.nullable(z.number()),
  sizeBytes: z.nullable(z.number()),
  brokers: z.array(brokerSummary),
  trendStepMs: z.number(),
  /** Names for charts, largest first, at most 5 each. */
  busiestTopics: z.array(z.string()),
  largestTopics: z.array(z.string()),
  laggingGroups: z.array(z.string()),
  sampleData,
  /** What could not be read, and what the console lacks (history only in memory …). */
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type Overview = z.infer<typeof overview>;

/** Input of the action `loadSampleData`; the fingerprint is of GET /api/clusters/{cluster}/sample-data (a `changePlan`). It is removed by cancelling its job. */
export const loadSampleDataInput = z.object({ cluster: clusterSlug, fingerprint: z.string() });
export type LoadSampleDataInput = z.infer<typeof loadSampleDataInput>;
