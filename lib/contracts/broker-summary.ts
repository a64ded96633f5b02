import * as z from "zod/mini";
import { instantMs } from "@/lib/contracts/primitives";
import { trend } from "@/lib/contracts/trends";
import { problemSchema } from "@/lib/problem";

/** One broker. Null means: could not be read. */
export const brokerSummary = z.object({
  id: z.number(),
  /** Null for a broker that the cluster no longer names. */
  host: z.nullable(z.string()),
  port: z.nullable(z.number()),
  rack: z.nullable(z.string()),
  isController: z.boolean(),
  /**
   * `catching-up`: some of its replicas are not in sync. `silent`: the cluster names it, it does not answer the console.
   * `gone`: partitions have replicas on it, and the cluster does not name it.
   */
  state: z.enum(["running", "catching-up", "silent", "gone"]),
  /** On the bundled cluster, what its supervisor says of the broker; null elsewhere. `stopped` was stopped by a person and can be started. */
  supervised: z.nullable(z.enum(["starting", "running", "restarting", "stopped"])),
  leaders: z.number(),
  replicas: z.number(),
  /** Of its replicas, those outside their partition's ISR. */
  outOfSync: z.number(),
  sizeBytes: z.nullable(z.number()),
  /** Of all its log directories' file systems (KIP-827); null before Kafka 3.3. */
  diskTotalBytes: z.nullable(z.number()),
  diskUsableBytes: z.nullable(z.number()),
  /** Its release by the features that it supports, "Kafka 4.2"; null when it does not tell. */
  version: z.nullable(z.string()),
  latencyMs: z.nullable(z.number()),
  sizes: trend,
  problem: z.nullable(problemSchema),
  readAtMs: instantMs,
});
export type BrokerSummary = z.infer<typeof brokerSummary>;
