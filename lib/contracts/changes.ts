import * as z from "zod/mini";
import { byName } from "@/lib/contracts/by-name";
import { clusterSlug } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** What a change is made to. */
export const changeTarget = z.object({
  type: z.enum(["topic", "group", "broker", "cluster", "job", "alert", "quota", "transaction"]),
  name: z.string(),
});
export type ChangeTarget = z.infer<typeof changeTarget>;

/** Named values as text, as people and commands write them; null is "not there" or "the default". */
export const changeFacts = byName(z.string(), z.nullable(z.string()));
export type ChangeFacts = z.infer<typeof changeFacts>;

/** One consequence of a change, for the people and programs that it meets. */
export const impact = z.object({ severity: z.enum(["info", "warning", "critical"]), text: z.string() });
export type Impact = z.infer<typeof impact>;

/** What a change would do, made before it is done. The action takes the fingerprint back and refuses (`changed-meanwhile`) when it no longer holds. */
export const changePlan = z.object({
  /** The change's name: "create-topic". */
  kind: z.string(),
  /** "Create topic orders" */
  title: z.string(),
  target: changeTarget,
  before: changeFacts,
  after: changeFacts,
  /** Worst first. */
  impact: z.array(impact),
  /** What could not be found out. */
  problems: z.array(problemSchema),
  fingerprint: z.string(),
  /** The same as a command of Kafka's own tools; null when they have none. */
  cli: z.nullable(z.string()),
  /** The same as a program, for kafkajs or, where that has no call, Kafka's own client; null when it cannot be written so. */
  code: z.nullable(z.string()),
  /** Why it cannot be taken back; null when it can. */
  irreversible: z.nullable(z.string()),
});
export type ChangePlan = z.infer<typeof changePlan>;

/** A change by its kind, as POST /api/clusters/{cluster}/plans/{kind} and the action `makeChange` take it; the kind's own contract parses the input. */
export const anyChange = z.object({
  cluster: clusterSlug,
  kind: z.string(),
  /** Without the cluster. */
  input: z.record(z.string(), z.unknown()),
});
export type AnyChange = z.infer<typeof anyChange>;

/** Input of the action `makeChange`: the change with the fingerprint of the plan that was shown. */
export const makeChangeInput = z.object({ ...anyChange.shape, fingerprint: z.string() });
export type MakeChangeInput = z.infer<typeof makeChangeInput>;

/** What came of a change. */
export type ChangeMade = {
  /** "3 partitions × 1" */
  readonly summary: string;
  /** The job that goes on with it. */
  readonly jobId: number | null;
  /** In the journal; null when it could not be written. */
  readonly entry: number | null;
};
