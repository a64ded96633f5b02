import { topicName } from "@/lib/contracts/primitives";
import type { OffsetGoal, OffsetPlanQuery, OffsetScope } from "@/lib/contracts/group-offsets";
import { parseDuration } from "@/lib/duration-text";
import { parseInstant, type Zone } from "@/lib/instant";
import { parseOffsetsFile } from "@/lib/offsets-file";
import { parsePartitionSet } from "@/lib/partition-set";

/** Where offsets may go, in the order in which people want them. */
export const goalWords = [
  "earliest",
  "latest",
  "time",
  "duration",
  "offset",
  "shift",
  "group",
  "file",
  "none",
] as const;
export type GoalWord = (typeof goalWords)[number];

/** What a person has chosen and typed so far; each goal keeps its own text while others are tried. */
export type GoalDraft = {
  readonly to: GoalWord;
  readonly time: string;
  readonly duration: string;
  readonly offset: string;
  readonly by: string;
  readonly group: string;
  readonly file: string;
  /** "": all topics that the group has committed in. */
  readonly topic: string;
  /** "": all. */
  readonly partitions: string;
};

/** A draft as a question to the console, or what is missing or wrong, by field. */
export type ReadDraft =
  | { readonly query: OffsetPlanQuery }
  | { readonly field: keyof GoalDraft; readonly fault: string; readonly isEmpty: boolean };

/** Reads a draft. A group that is to be made needs a topic, unless a file or another group names them. */
export function readGoalDraft(draft: GoalDraft, { zone, isNew }: { zone: Zone; isNew: boolean }): ReadDraft {
  const goal = goalOf(draft, zone);
  if ("field" in goal) return goal;
  const topics = draft.to === "file" ? null : scopeOf(draft);
  if (topics !== null && "field" in topics) return topics;
  if (isNew && topics === null && draft.to !== "file")
    return fault("topic", "A new group needs a topic.", draft.topic === "");
  return { query: { goal, topics, isNew } };
}

type Fault = Extract<ReadDraft, { readonly fault: string }>;

function fault(field: keyof GoalDraft, text: string, isEmpty = false): Fault {
  return { field, fault: text, isEmpty };
}

function goalOf(draft: GoalDraft, zone: Zone): OffsetGoal | Fault {
  switch (draft.to) {
    case "earliest":
    case "latest":
    case "none":
      return { to: draft.to };
    case "time": {
      const timeMs = parseInstant(draft.time, zone);
      return timeMs === undefined || timeMs < 0
        ? fault("time", "Write a time as 2026-11-22 09:00.", draft.time === "")
        : { to: "time", timeMs };
    }
    case "duration": {
      const durationMs = parseDuration(draft.duration);
      return durationMs === undefined
        ? fault("duration", "Write how long as 90 min, 2 h or 1 d.", draft.duration === "")
        : { to: "duration", durationMs };
    }
    case "offset":
      return /^\d{1,16}$/.test(draft.offset.trim())
        ? { to: "offset", offset: draft.offset.trim() }
        : fault("offset", "An offset is a whole number from 0.", draft.offset === "");
    case "shift": {
      const by = Number(draft.by.replaceAll(/[\s+,]/g, ""));
      return draft.by.trim() !== "" && Number.isSafeInteger(by)
        ? { to: "shift", by }
        : fault("by", "Write a number of records: -100 reads a hundred again, 1 skips one.", draft.by === "");
    }
    case "group":
      return draft.group.trim() === ""
        ? fault("group", "Name the group to copy from.", true)
        : { to: "group", group: draft.group.trim() };
    case "file":
      return fileGoal(draft.file);
  }
}

function fileGoal(text: string): OffsetGoal | Fault {
  const { offsets, faults } = parseOffsetsFile(text);
  if (faults[0] !== undefined) return fault("file", faults[0]);
  if (Object.keys(offsets).length === 0)
    return fault("file", "Write lines of topic,partition,offset.", text.trim() === "");
  return { to: "file", offsets };
}

function scopeOf({ topic, partitions }: GoalDraft): OffsetScope | Fault | null {
  const name = topic.trim();
  const chosen = parsePartitionSet(partitions);
  if (chosen === undefined) return fault("partitions", "Write partitions as 0-3, 7.");
  if (name === "") return chosen === null ? null : fault("topic", "Partitions are of one topic: name it.");
  if (!topicName.safeParse(name).success) return fault("topic", "That is no topic's name.");
  return [{ topic: name, partitions: chosen === null ? null : [...chosen] }];
}
