import * as z from "zod/mini";
import { brokerNode } from "@/lib/contracts/clusters";
import { instantMs, offsetText, partitionNumber } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** One replica of a partition, in assignment order (the first is the preferred leader). */
export const replicaDetail = z.object({
  broker: z.number(),
  state: z.enum(["in-sync", "lagging", "offline"]),
  /** Messages behind the leader (DescribeLogDirs' offset lag); null when unknown. */
  lagMessages: z.nullable(z.number()),
  sizeBytes: z.nullable(z.number()),
  /** The broker's log directory that it is in; null when the broker does not tell. */
  directory: z.nullable(z.string()),
});
export type ReplicaDetail = z.infer<typeof replicaDetail>;

/** One partition. */
export const partitionDetail = z.object({
  partition: partitionNumber,
  /** Null when no replica leads. */
  leader: z.nullable(z.number()),
  leaderEpoch: z.nullable(z.number()),
  replicas: z.array(replicaDetail),
  /** Log start offset. */
  startOffset: z.nullable(offsetText),
  /** High watermark: the next offset a consumer would get. */
  endOffset: z.nullable(offsetText),
  /** Bytes of the leader's log: of a tiered topic what it has itself. */
  sizeBytes: z.nullable(z.number()),
  /** Of a tiered topic (KIP-405), as far as the leader tells. */
  tier: z.optional(
    z.object({
      /** First offset that the leader has itself. */
      localStartOffset: z.nullable(offsetText),
      /** Last offset in remote storage; "-1" when nothing is there. */
      lastTieredOffset: z.nullable(z.string().check(z.regex(/^(-1|\d+)$/))),
    }),
  ),
});
export type PartitionDetail = z.infer<typeof partitionDetail>;

/** GET /api/clusters/{cluster}/topics/{topic}/partitions */
export const partitionList = z.object({
  partitions: z.array(partitionDetail),
  brokers: z.array(brokerNode),
  minInsyncReplicas: z.nullable(z.number()),
  /** Its closed segments are in remote log storage. */
  isTiered: z.boolean(),
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type PartitionList = z.infer<typeof partitionList>;
