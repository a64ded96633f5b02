import * as z from "zod/mini";
import { byName } from "@/lib/contracts/by-name";
import { changePlan } from "@/lib/contracts/changes";
import { recordSummary } from "@/lib/contracts/messages";
import { clusterSlug, offsetText, partitionNumber, topicName } from "@/lib/contracts/primitives";

/** Partitions in one change of offsets: what a coordinator takes in one request without a sweat. */
export const offsetsMax = 20_000;

/** Rows of a plan that come with the record they land on; the rest come with their numbers. */
export const landingsMax = 200;

const groupId = z.string().check(z.minLength(1, "A group needs a name."), z.maxLength(32_767));
const partitionText = z.string().check(z.regex(/^\d{1,10}$/));

/** Offsets by topic and partition; null deletes what is committed. */
export const offsetsByTopic = byName(topicName, z.record(partitionText, z.nullable(offsetText)));
export type OffsetsByTopic = z.infer<typeof offsetsByTopic>;

/** Partitions of topics; without a list all of the topic's. */
export const offsetScope = z.array(
  z.object({ topic: topicName, partitions: z.nullable(z.array(partitionNumber).check(z.maxLength(offsetsMax))) }),
);
export type OffsetScope = z.infer<typeof offsetScope>;

/** Where a group's offsets should go, in the words of kafka-consumer-groups --reset-offsets; `none` is --delete-offsets. */
export const offsetGoal = z.discriminatedUnion("to", [
  z.object({ to: z.literal("earliest") }),
  z.object({ to: z.literal("latest") }),
  /** The first record at or after it; the end where there is none. */
  z.object({ to: z.literal("time"), timeMs: z.int().check(z.minimum(0)) }),
  /** So long before now. */
  z.object({ to: z.literal("duration"), durationMs: z.int().check(z.minimum(0)) }),
  z.object({ to: z.literal("offset"), offset: offsetText }),
  z.object({ to: z.literal("shift"), by: z.int() }),
  /** Where another group is. */
  z.object({ to: z.literal("group"), group: groupId }),
  z.object({ to: z.literal("file"), offsets: offsetsByTopic }),
  z.object({ to: z.literal("none") }),
]);
export type OffsetGoal = z.infer<typeof offsetGoal>;

/** Body of POST /api/clusters/{cluster}/groups/{group}/offsets. `topics` null: all that the group has committed in. */
export const offsetPlanQuery = z.object({
  goal: offsetGoal,
  topics: z.nullable(offsetScope),
  /** The group does not exist yet, and must not. */
  isNew: z._default(z.boolean(), false),
});
export type OffsetPlanQuery = z.infer<typeof offsetPlanQuery>;

/** What becomes of one partition. */
export const offsetMove = z.object({
  topic: z.string(),
  partition: partitionNumber,
  committed: z.nullable(offsetText),
  /** Null: nothing will be committed any more. */
  next: z.nullable(offsetText),
  start: z.nullable(offsetText),
  end: z.nullable(offsetText),
  /** `record`: the one at or after `next`; `end`: whatever is written next; `unread`: not looked at; `none`: auto.offset.reset decides. */
  landing: z.enum(["record", "end", "unread", "none"]),
  lands: z.nullable(recordSummary),
  /** Offsets between the two; null when one is not known. Compaction and markers may have left fewer records. */
  readAgain: z.nullable(z.number()),
  skipped: z.nullable(z.number()),
  /** Of those, from the partition's mean; null when its size is not known. */
  bytes: z.nullable(z.number()),
  /** The partition is part of the change. */
  moves: z.boolean(),
  note: z.nullable(z.object({ severity: z.enum(["info", "warning"]), text: z.string() })),
});
export type OffsetMove = z.infer<typeof offsetMove>;

/** The answer: the plan of the change `set-offsets` with what each partition lands on. */
export const offsetPlan = z.object({
  ...changePlan.shape,
  moves: z.array(offsetMove),
  /** Exactly what the action is to be given. */
  offsets: offsetsByTopic,
  /** Who is active; while there is somebody Kafka refuses. */
  active: z.array(z.object({ clientId: z.string(), host: z.string(), memberId: z.string() })),
  sums: z.object({
    readAgain: z.number(),
    skipped: z.number(),
    /** To be read again or skipped; null when not known for some. */
    bytes: z.nullable(z.number()),
    lagBefore: z.nullable(z.number()),
    lagAfter: z.nullable(z.number()),
    /** At the speed of its last minute; null when it reads nothing. */
    drainsInMs: z.nullable(z.number()),
  }),
  readAtMs: z.number(),
});
export type OffsetPlan = z.infer<typeof offsetPlan>;

/** Input of the change `set-offsets`: what a plan answered, and the goal that it was for. */
export const setOffsetsInput = z.object({
  cluster: clusterSlug,
  group: groupId,
  offsets: offsetsByTopic,
  /** The goal as it was asked for, so that the command says the same; null where only single offsets say it. */
  goal: z.nullable(offsetGoal),
  topics: z.nullable(offsetScope),
  isNew: z.boolean(),
  /** Free text that consumers committed with their offsets, by "topic/partition"; kept, so that an undo gives it back. */
  metadata: z._default(z.record(z.string(), z.string()), {}),
});
export type SetOffsetsInput = z.infer<typeof setOffsetsInput>;

/** Input of the change `delete-group`. */
export const deleteGroupInput = z.object({ cluster: clusterSlug, group: groupId });
export type DeleteGroupInput = z.infer<typeof deleteGroupInput>;

/** Input of the change `remove-member`. A static member goes by its group.instance.id. */
export const removeMemberInput = z.object({
  cluster: clusterSlug,
  group: groupId,
  memberId: z.string(),
  instanceId: z.nullable(z.string()),
});
export type RemoveMemberInput = z.infer<typeof removeMemberInput>;
