import * as z from "zod/mini";
import { changeFacts, changeTarget } from "@/lib/contracts/changes";
import { clusterSlug, instantMs } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** `refused`: not allowed, or the plan was stale. `failed`: tried, and the cluster said no or nothing. `started`: a job goes on with it. */
export const changeOutcome = z.enum(["done", "started", "refused", "failed"]);
export type ChangeOutcome = z.infer<typeof changeOutcome>;

/** One change in the list. */
export const journalSummary = z.object({
  /** Grows with time. */
  id: z.int(),
  atMs: instantMs,
  actor: z.string(),
  cluster: clusterSlug,
  kind: z.string(),
  title: z.string(),
  target: changeTarget,
  /** One line of what was done: "3 partitions × 1"; for a refused or failed one, why. */
  summary: z.string(),
  outcome: changeOutcome,
  /** The entry that this one takes back. */
  reverts: z.nullable(z.int()),
  /** The entry that took this one back. */
  revertedBy: z.nullable(z.int()),
});
export type JournalSummary = z.infer<typeof journalSummary>;

/** GET /api/clusters/{cluster}/journal/{entry} */
export const journalEntry = z.object({
  ...journalSummary.shape,
  /** How long the cluster took. */
  durationMs: z.number(),
  before: changeFacts,
  after: changeFacts,
  problem: z.nullable(problemSchema),
  cli: z.nullable(z.string()),
  code: z.nullable(z.string()),
  /** The command that takes it back, or comes nearest to that where nothing does; null when there is none. */
  cliBack: z.nullable(z.string()),
  /** Of the plan that was confirmed. */
  fingerprint: z.nullable(z.string()),
  jobId: z.nullable(z.int()),
  /** Why it cannot be reverted now; null when it can. */
  irreversible: z.nullable(z.string()),
});
export type JournalEntry = z.infer<typeof journalEntry>;

/** What the journal is narrowed to by what became of a change: its outcome, or that another took it back. */
export const changeState = z.enum([...changeOutcome.options, "reverted"]);

const wholeNumber = z.coerce.number().check(z.int());

/** Query of GET /api/clusters/{cluster}/journal. */
export const journalQuery = z.object({
  /** Anywhere in title, target, actor, command or values; upper and lower case are one. */
  text: z.optional(z.string().check(z.maxLength(500))),
  actor: z.optional(z.string()),
  /** The change's kind: "delete-topics". */
  kind: z.optional(z.string()),
  state: z.optional(changeState),
  /** Changes at this time and later. */
  fromMs: z.optional(wholeNumber),
  /** Changes before this time. */
  untilMs: z.optional(wholeNumber),
  /** Entries before this id: the next page. */
  before: z.optional(wholeNumber),
  limit: z._default(wholeNumber.check(z.minimum(1), z.maximum(500)), 100),
});
export type JournalQuery = z.infer<typeof journalQuery>;

/** GET /api/clusters/{cluster}/journal: newest first. */
export const journalList = z.object({
  entries: z.array(journalSummary),
  /** Entries of the cluster in all, whatever the query. */
  total: z.int(),
  /** Give it as `before` for the next page; null at the end. */
  next: z.nullable(z.int()),
  /** Everybody with an entry, for the filter. */
  actors: z.array(z.string()),
  /** Every kind of change with an entry, for the filter. */
  kinds: z.array(z.string()),
  /** The journal lives only in memory: why. */
  problem: z.nullable(problemSchema),
  readAtMs: instantMs,
});
export type JournalList = z.infer<typeof journalList>;

/** Input of the action `revertChange`; the fingerprint is of GET /api/clusters/{cluster}/journal/{entry}/revert (a `changePlan`). */
export const revertChangeInput = z.object({ cluster: clusterSlug, entry: z.int(), fingerprint: z.string() });
export type RevertChangeInput = z.infer<typeof revertChangeInput>;
