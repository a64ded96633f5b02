import * as z from "zod/mini";
import { trend } from "@/lib/contracts/trends";
import { instantMs, offsetText, partitionNumber } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** What becomes of a group's lag, from the last minutes. */
export const groupOutlook = z.discriminatedUnion("kind", [
  /** Reads as fast as is written, with nothing or little left. */
  z.object({ kind: z.literal("keeps-up") }),
  z.object({ kind: z.literal("drains"), inMs: z.number() }),
  z.object({ kind: z.literal("falls-behind"), perSecond: z.number() }),
  /** There is lag and nothing was committed. */
  z.object({ kind: z.literal("stands-still"), sinceMs: instantMs }),
  z.object({ kind: z.literal("unknown") }),
]);
export type GroupOutlook = z.infer<typeof groupOutlook>;

/** One thing that is wrong or odd with a group. `info` needs nobody's attention. */
export const groupFinding = z.object({
  kind: z.enum([
    "rebalancing",
    "stuck-partition",
    "stands-still",
    "no-members",
    "beyond-end",
    "deleted-unread",
    "partitions-without-member",
    "nobody-commits",
    "falls-behind",
    "hot-partition",
    "idle-members",
    "commits-per-record",
    "poll-timeout",
    "rebalances-often",
  ]),
  severity: z.enum(["info", "warning", "critical"]),
  /** A sentence that says what is so and what it does. */
  text: z.string(),
  topic: z.nullable(z.string()),
  partitions: z.array(partitionNumber),
  /** Null when it has no beginning that was seen. */
  sinceMs: z.nullable(instantMs),
});
export type GroupFinding = z.infer<typeof groupFinding>;

/** How old the record is that a group reads next, of its oldest partition. `isAtLeast`: some partitions could not be looked at. */
export const lagTime = z.object({ ms: z.number(), isAtLeast: z.boolean() });
export type LagTime = z.infer<typeof lagTime>;

/** One group in a list. Null means: could not be read (`problems` say why). */
export const groupSummary = z.object({
  groupId: z.string(),
  /** `classic`, `consumer` (KIP-848), `share`, `streams`. */
  protocol: z.string(),
  /** Kafka's word: Stable, Empty, PreparingRebalance, CompletingRebalance, Assigning, Reconciling, Dead. */
  state: z.string(),
  coordinator: z.number(),
  members: z.nullable(z.number()),
  hosts: z.nullable(z.number()),
  /** Topics with committed offsets or an assignment. */
  topics: z.array(z.string()),
  /** False when it has committed nothing, and so has no lag to tell of. */
  hasCommitted: z.boolean(),
  lagMessages: z.nullable(z.number()),
  /** Null before it was looked up, and when no record has a time that can be believed. */
  lagTime: z.nullable(lagTime),
  /** Messages read a second; null before two samples. */
  consumedPerSecond: z.nullable(z.number()),
  /** Messages written a second to the partitions that it reads; null before two samples. */
  producedPerSecond: z.nullable(z.number()),
  lags: trend,
  outlook: groupOutlook,
  /** All that is wrong or odd, worst first, as the last sweep found it. */
  findings: z.array(groupFinding),
  /** The worst of it, in one line; null when nothing needs attention. */
  attention: z.nullable(z.object({ severity: z.enum(["warning", "critical"]), text: z.string() })),
  /** When this group was last read; older than the list's when its coordinator does not answer. */
  readAtMs: instantMs,
});
export type GroupSummary = z.infer<typeof groupSummary>;

/** GET /api/clusters/{cluster}/groups: what the last sweep found. */
export const groupList = z.object({
  groups: z.array(groupSummary),
  trendStepMs: z.number(),
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type GroupList = z.infer<typeof groupList>;

/** A member with what it reads. */
export const groupMember = z.object({
  memberId: z.string(),
  instanceId: z.nullable(z.string()),
  clientId: z.string(),
  host: z.string(),
  /** Null when its protocol is not the consumer's. */
  assignment: z.nullable(z.array(z.object({ topic: z.string(), partitions: z.array(partitionNumber) }))),
});
export type GroupMember = z.infer<typeof groupMember>;

/** A partition that a group has committed in or is assigned. */
export const groupPartition = z.object({
  topic: z.string(),
  partition: partitionNumber,
  committedOffset: z.nullable(offsetText),
  startOffset: z.nullable(offsetText),
  endOffset: z.nullable(offsetText),
  /** Never negative; null when one of the two offsets is not known. */
  lagMessages: z.nullable(z.number()),
  /** The member that reads it; null when nobody does. */
  memberId: z.nullable(z.string()),
  /** Free text that was committed with the offset. */
  metadata: z.nullable(z.string()),
  /** Age of the record that is read next: 0 without lag; null when it is not known, and then why. */
  lagMs: z.nullable(z.number()),
  lagMsFault: z.nullable(z.enum(["no-timestamp", "absurd-timestamp", "future-timestamp"])),
  /** When it was last committed, the same offset too, and how often; null unless the log of commits is followed. */
  lastCommitMs: z.nullable(instantMs),
  commitEveryMs: z.nullable(z.number()),
  /** Since when its offset stands still while more comes in and a member is assigned; null when it is not so. */
  stuckSinceMs: z.nullable(instantMs),
  /** When the console saw its offset move last; null when it did not yet. */
  movedAtMs: z.nullable(instantMs),
  /**
   * `never-committed`: assigned, no offset yet. `topic-deleted`: the topic is gone. `before-start`: retention deleted what was not read.
   * `beyond-end`: the topic was made again or truncated. `unknown`: its leader did not answer.
   */
  state: z.enum(["reading", "unassigned", "never-committed", "topic-deleted", "before-start", "beyond-end", "unknown"]),
});
export type GroupPartition = z.infer<typeof groupPartition>;

/** GET /api/clusters/{cluster}/groups/{group}: read now, offsets first and ends after, so that lag is never too small. */
export const groupDetail = z.object({
  ...groupSummary.shape,
  /** Of what kind its members are: "consumer", "connect"; "" without members. */
  protocolType: z.string(),
  /** The assignor: "range", "cooperative-sticky", "uniform". */
  assignor: z.string(),
  /** Generation of a classic group (null unless the log of commits is followed), epoch of the others. */
  generation: z.nullable(z.number()),
  memberList: z.array(groupMember),
  partitions: z.array(groupPartition),
  trendStepMs: z.number(),
  problems: z.array(problemSchema),
});
export type GroupDetail = z.infer<typeof groupDetail>;

/** GET /api/clusters/{cluster}/topics/{topic}/groups: who reads a topic. */
export const topicGroups = z.object({
  groups: z.array(z.object({ ...groupSummary.shape, partitions: z.array(groupPartition) })),
  trendStepMs: z.number(),
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type TopicGroups = z.infer<typeof topicGroups>;
