import type { CreateTopicInput } from "@/lib/contracts/topics";

/** A line of "other settings" in the create dialog. */
export type SettingDraft = { readonly name: string; readonly value: string };

/** What is written in the create dialog. Empty text leaves the choice to the brokers. */
export type TopicDraft = {
  readonly name: string;
  readonly partitions: string;
  readonly replicationFactor: string;
  readonly cleanupPolicy: "default" | "delete" | "compact" | "compact,delete";
  /** Milliseconds as text, "default", or "-1". */
  readonly retentionMs: string;
  readonly settings: readonly SettingDraft[];
};

/** An empty create dialog. */
export const emptyDraft: TopicDraft = {
  name: "",
  partitions: "",
  replicationFactor: "",
  cleanupPolicy: "default",
  retentionMs: "default",
  settings: [],
};

function wholeNumber(text: string): number | null {
  const trimmed = text.trim();
  return trimmed === "" ? null : Number(trimmed);
}

/** Turns the dialog into the action's input, which its contract still has to check. */
export function createTopicInputOf(cluster: string, draft: TopicDraft): CreateTopicInput {
  const configs: Record<string, string> = {};
  if (draft.cleanupPolicy !== "default") configs["cleanup.policy"] = draft.cleanupPolicy;
  if (draft.retentionMs !== "default") configs["retention.ms"] = draft.retentionMs;
  for (const { name, value } of draft.settings) {
    if (name.trim() !== "") configs[name.trim()] = value.trim();
  }
  return {
    cluster,
    name: draft.name.trim(),
    partitions: wholeNumber(draft.partitions),
    replicationFactor: wholeNumber(draft.replicationFactor),
    configs,
  };
}
