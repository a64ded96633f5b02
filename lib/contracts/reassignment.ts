import * as z from "zod/mini";
import { changePlan } from "@/lib/contracts/changes";
import { clusterSlug, instantMs, partitionNumber, topicName } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

const brokerId = z.int().check(z.minimum(0));

/** A partition with its replicas; the first is the preferred leader. */
export const assignment = z.object({
  topic: topicName,
  partition: partitionNumber,
  replicas: z.array(brokerId).check(z.minLength(1, "A partition needs a replica.")),
});
export type Assignment = z.infer<typeof assignment>;

/** What replicas should be moved for. */
export const reassignmentGoal = z.discriminatedUnion("type", [
  /** Nothing stays on these brokers. */
  z.object({ type: z.literal("drain"), brokers: z.array(brokerId).check(z.minLength(1, "Choose a broker.")) }),
  /** These brokers get their share of replicas and leaders. */
  z.object({ type: z.literal("use"), brokers: z.array(brokerId).check(z.minLength(1, "Choose a broker.")) }),
  /** Bytes, replicas and leaders even over all brokers. */
  z.object({ type: z.literal("balance") }),
  z.object({ type: z.literal("replication-factor"), factor: z.int().check(z.minimum(1), z.maximum(32_767)) }),
  /** No rack holds two copies of a partition while another holds none. */
  z.object({ type: z.literal("racks") }),
  z.object({ type: z.literal("by-hand"), assignments: z.array(assignment) }),
]);
export type ReassignmentGoal = z.infer<typeof reassignmentGoal>;

/** How the moves are made. */
const pace = {
  /** Bytes a second that each broker may send and take for moves; null for no limit. */
  throttleBytesPerSecond: z.nullable(z.int().check(z.minimum(1_000, "A throttle is at least 1 KB/s."))),
  /** Moves that are under way at the same time. */
  batchMoves: z.int().check(z.minimum(1), z.maximum(10_000)),
};

/** POST /api/clusters/{cluster}/reassignment */
export const reassignmentQuery = z.object({
  cluster: clusterSlug,
  goal: reassignmentGoal,
  /** Only partitions of these topics; of all when empty. */
  topics: z.array(topicName),
  /** Of the one topic that is chosen only these; all when empty. */
  partitions: z._default(z.array(partitionNumber), []),
  ...pace,
});
export type ReassignmentQuery = z.infer<typeof reassignmentQuery>;

/** One partition's replicas, from → to. The same brokers in another order move no data, only the leader. */
export const replicaMove = z.object({
  topic: z.string(),
  partition: z.number(),
  from: z.array(z.number()),
  to: z.array(z.number()),
  /** Of the partition. */
  sizeBytes: z.number(),
  /** Bytes that are copied: the size for each broker that is new. */
  copyBytes: z.number(),
  /** Another broker leads afterwards. */
  movesLeader: z.boolean(),
});
export type ReplicaMove = z.infer<typeof replicaMove>;

/** A broker's load. */
export const brokerLoad = z.object({ replicas: z.number(), leaders: z.number(), sizeBytes: z.number() });
export type BrokerLoad = z.infer<typeof brokerLoad>;

/** What a plan makes of a broker. */
export const plannedBroker = z.object({
  id: z.number(),
  rack: z.nullable(z.string()),
  isAlive: z.boolean(),
  /** Of its file systems; null when not told. */
  capacityBytes: z.nullable(z.number()),
  /** Other files on its file systems than replicas. */
  otherBytes: z.nullable(z.number()),
  before: brokerLoad,
  after: brokerLoad,
});
export type PlannedBroker = z.infer<typeof plannedBroker>;

/** Moves that are made together. */
export const plannedBatch = z.object({ moves: z.number(), copyBytes: z.number() });

/** What should be known of a plan before it is begun. */
export const planNote = z.object({ severity: z.enum(["info", "warning", "critical"]), text: z.string() });
export type PlanNote = z.infer<typeof planNote>;

/** The answer: moves, and what they make of the brokers. */
export const reassignmentPlan = z.object({
  /** Stands for these moves at the console; it keeps the last few plans. */
  planId: z.string(),
  /** "Drain broker 3" */
  title: z.string(),
  moves: z.array(replicaMove),
  brokers: z.array(plannedBroker),
  batches: z.array(plannedBatch),
  copyBytes: z.number(),
  leadersMoved: z.number(),
  /** How long the throttle makes it; null without one. */
  durationMs: z.nullable(z.number()),
  /** The broker that the throttle holds up longest, and its bytes. */
  slowest: z.nullable(z.object({ broker: z.number(), bytes: z.number() })),
  notes: z.array(planNote),
  /** Partitions that are being moved now, by this console or others. */
  underWay: z.number(),
  /** What the change itself says: its fingerprint, commands and rights. Null when there is nothing to move. */
  change: z.nullable(changePlan),
  problems: z.array(problemSchema),
  /** Where replicas are now, for the goal "by hand". */
  current: z.array(assignment),
  readAtMs: instantMs,
});
export type ReassignmentPlan = z.infer<typeof reassignmentPlan>;

/** Input of the action `startReassignment`. */
export const startReassignmentInput = z.object({
  cluster: clusterSlug,
  planId: z.string(),
  fingerprint: z.string(),
  ...pace,
});
export type StartReassignmentInput = z.infer<typeof startReassignmentInput>;

/** One partition that is being moved. */
export const activeMove = z.object({
  topic: z.string(),
  partition: z.number(),
  leader: z.nullable(z.number()),
  replicas: z.array(z.number()),
  adding: z.array(z.number()),
  removing: z.array(z.number()),
  /** Of the leader's log; null when it could not be read. */
  sizeBytes: z.nullable(z.number()),
  /** Of all brokers that are added. */
  copiedBytes: z.nullable(z.number()),
  /** Null until it was seen twice. */
  ratePerSecond: z.nullable(z.number()),
  /** Brokers of `adding` that the cluster does not name now: nothing is copied there. */
  away: z.array(z.number()),
});
export type ActiveMove = z.infer<typeof activeMove>;

/** One replica that is copied to another log directory of its broker (KIP-113). */
export const directoryMove = z.object({
  broker: z.number(),
  topic: z.string(),
  partition: z.number(),
  /** The directory that it is in; null when that was not told. */
  from: z.nullable(z.string()),
  to: z.string(),
  /** Of the replica; null when that was not told. */
  sizeBytes: z.nullable(z.number()),
  copiedBytes: z.number(),
  /** Messages that the copy has yet to get. */
  lagMessages: z.number(),
  /** Null until it was seen twice. */
  ratePerSecond: z.nullable(z.number()),
});
export type DirectoryMove = z.infer<typeof directoryMove>;

/** GET /api/clusters/{cluster}/moves: every partition that is being moved, by whomever, between brokers or log directories. */
export const activeMoves = z.object({
  moves: z.array(activeMove),
  directories: z.array(directoryMove),
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type ActiveMoves = z.infer<typeof activeMoves>;

/** GET /api/clusters/{cluster}/jobs/{job}/reassignment: what a job of moves was given and how far it is. */
export const reassignmentRun = z.object({
  title: z.string(),
  batches: z.array(plannedBatch),
  /** Batches that are done. */
  batchesDone: z.number(),
  moves: z.number(),
  movesDone: z.number(),
  copyBytes: z.number(),
  /** Bytes of the batches that are done. */
  doneBytes: z.number(),
  throttleBytesPerSecond: z.nullable(z.number()),
  /** Partitions of the batch under way, as "topic-partition". */
  underWay: z.array(z.string()),
  /** Brokers and topics that have the throttle now. */
  throttledBrokers: z.number(),
  throttledTopics: z.number(),
  /** Jobs that remove the throttle of brokers that were away at the end, and the brokers that they wait for. */
  owed: z.array(z.object({ job: z.number(), brokers: z.array(z.number()) })),
});
export type ReassignmentRun = z.infer<typeof reassignmentRun>;
