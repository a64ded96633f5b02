import * as z from "zod/mini";
import { instantMs } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** Who writes, what is kept, who reads. */
export const topologyNode = z.object({
  /** Unique in the drawing; letters, digits and underscore only. */
  id: z.string(),
  type: z.enum(["producer", "topic", "group", "job"]),
  name: z.string(),
  severity: z.nullable(z.enum(["warning", "critical"])),
  /** A line for the tooltip. */
  detail: z.string(),
  /** Which of Kafka's APIs told: "DescribeProducers", "Metadata", "ListGroups", or "this console". */
  source: z.string(),
});
export type TopologyNode = z.infer<typeof topologyNode>;

/** Data flows from → to. */
export const topologyEdge = z.object({
  from: z.string(),
  to: z.string(),
  /** Messages a second; null when not measured. */
  perSecond: z.nullable(z.number()),
  source: z.string(),
});

/** GET /api/clusters/{cluster}/topology */
export const topology = z.object({
  nodes: z.array(topologyNode),
  edges: z.array(topologyEdge),
  /** Topics left out because nothing writes or reads them. */
  idleTopics: z.number(),
  /** Nodes left out because a drawing has its limits. */
  omitted: z.number(),
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type Topology = z.infer<typeof topology>;
