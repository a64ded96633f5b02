import * as z from "zod/mini";
import { clusterSlug, instantMs } from "@/lib/contracts/primitives";

/** How clients log in to a cluster that asks who is there. Never a password. */
export const clusterLogin = z.object({
  /** The name of a file of client properties, as Kafka's tools take it. */
  file: z.string(),
  /** security.protocol */
  protocol: z.string(),
  /** sasl.mechanism; null without SASL. */
  mechanism: z.nullable(z.string()),
  username: z.nullable(z.string()),
});
export type ClusterLogin = z.infer<typeof clusterLogin>;

/** One entry of the console's list of clusters; known without asking the cluster. */
export const clusterEntry = z.object({
  slug: clusterSlug,
  name: z.string(),
  /** The console's own platform runs it. A label only: what a cluster can do is asked of it. */
  bundled: z.boolean(),
  /** A word such as "production" that a clusters file may give. */
  environment: z.nullable(z.string()),
  bootstrap: z.array(z.string()),
  /** Null where everybody may connect. */
  login: z.nullable(clusterLogin),
});
export type ClusterEntry = z.infer<typeof clusterEntry>;

/** GET /api/clusters */
export const clusterList = z.object({ clusters: z.array(clusterEntry), defaultCluster: clusterSlug });
export type ClusterList = z.infer<typeof clusterList>;

/** A broker as Metadata names it. */
export const brokerNode = z.object({
  id: z.number(),
  host: z.string(),
  port: z.number(),
  rack: z.nullable(z.string()),
});

/** GET /api/clusters/{cluster}: asks the cluster; fails when no broker answers. */
export const clusterSummary = z.object({
  ...clusterEntry.shape,
  clusterId: z.nullable(z.string()),
  /** Under KRaft the leader of the metadata log, which need not be a broker; null when the cluster does not tell. */
  controllerId: z.nullable(z.number()),
  brokers: z.array(brokerNode),
  /** "Kafka 4.2" and the like, guessed from ApiVersions and features; null when it cannot be told. */
  version: z.nullable(z.string()),
  topicCount: z.nullable(z.number()),
  /** How long the answer took. */
  latencyMs: z.number(),
  readAtMs: instantMs,
});
export type ClusterSummary = z.infer<typeof clusterSummary>;
