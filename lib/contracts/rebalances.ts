import * as z from "zod/mini";
import { instantMs, partitionNumber } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

const named = { clientId: z.string(), host: z.string(), memberId: z.string() };

/** What one rebalance changed. */
export const rebalanceEvent = z.object({
  atMs: instantMs,
  /** `log`: as the coordinator wrote it, to the millisecond. `sweep`: seen between two sweeps, ten seconds apart. */
  source: z.enum(["log", "sweep"]),
  /** Generation of a classic group, epoch of one of KIP-848; null when it is not told. */
  generation: z.nullable(z.int()),
  /** `again`: the same client under a new id. */
  joined: z.array(z.object({ ...named, reason: z.enum(["new", "again"]) })),
  /** `poll-timeout`: it had committed nothing for max.poll.interval.ms. `gone`: it left, or was silent for its session timeout. */
  left: z.array(z.object({ ...named, reason: z.enum(["gone", "again", "poll-timeout"]) })),
  /** Who had a partition and who has it now, by client id; null is nobody. */
  moved: z.array(
    z.object({
      topic: z.string(),
      partition: partitionNumber,
      from: z.nullable(z.string()),
      to: z.nullable(z.string()),
    }),
  ),
  movedCount: z.number(),
  members: z.number(),
});
export type RebalanceEvent = z.infer<typeof rebalanceEvent>;

/** GET /api/clusters/{cluster}/groups/{group}/rebalances: newest first. */
export const rebalanceList = z.object({
  events: z.array(rebalanceEvent),
  /** Where they come from now. */
  source: z.enum(["log", "sweep"]),
  /** Why the log of commits is not followed; null while it is. */
  reason: z.nullable(problemSchema),
  /** Seconds of the last hour in which sweeps found it rebalancing; a sweep each ten seconds. */
  rebalancingMs: z.number(),
  readAtMs: instantMs,
});
export type RebalanceList = z.infer<typeof rebalanceList>;
