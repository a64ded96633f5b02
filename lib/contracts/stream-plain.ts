import * as z from "zod/mini";
import { problemSchema } from "@/lib/problem";

/** Events that every page may get; those of one page have a contract of their own, which comes with that page. */
export const plainEvent = z.discriminatedUnion("type", [
  /** First event; after a reconnect there is a new id and the tab subscribes again. */
  z.object({ type: z.literal("hello"), streamId: z.string() }),
  /** At subscription, then at each change and at least every 5 s. */
  z.object({
    type: z.literal("cluster"),
    id: z.string(),
    state: z.enum(["connected", "unreachable"]),
    /** Of the last probe; null when there was no answer. */
    latencyMs: z.nullable(z.number()),
    /** When the cluster last answered; null when it never did. */
    lastAnswerMs: z.nullable(z.number()),
    problem: z.nullable(problemSchema),
  }),
  /** Topics were made, deleted or changed (partitions, leaders, ISR): read the list again. */
  z.object({ type: z.literal("topics"), id: z.string() }),
  /** A sweep ended (read overview, groups, brokers and trends again), a job went on, a change was written down, an alert fired, ended or was sent. */
  z.object({ type: z.enum(["sampled", "jobs", "journal", "alerts"]), id: z.string() }),
  /** The subscription cannot go on now; the server tries again by itself while `retryable`. */
  z.object({ type: z.literal("problem"), id: z.string(), problem: problemSchema }),
]);
