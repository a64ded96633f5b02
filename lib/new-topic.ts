import { parseConfig } from "@/lib/config-value";
import type { ConfigEntry } from "@/lib/contracts/configs";
import type { CreateTopicInput } from "@/lib/contracts/topic-plans";

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

/** What is wrong with the settings of a draft, by their names; those that the catalogue does not know are the cluster's to judge. */
export function settingFaults(draft: TopicDraft, catalogue: readonly ConfigEntry[]): Readonly<Record<string, string>> {
  const faults: Record<string, string> = {};
  for (const { name, value } of draft.settings) {
    const entry = catalogue.find((one) => one.name === name.trim());
    const parsed = entry && parseConfig(entry, value);
    if (parsed?.ok === false) faults[name] = parsed.fault;
  }
  return faults;
}

/** Turns the dialog into the action's input, which its contract still has to check. Values with units are written as Kafka has them. */
export function createTopicInputOf(
  cluster: string,
  draft: TopicDraft,
  catalogue: readonly ConfigEntry[] = [],
): CreateTopicInput {
  const configs: Record<string, string> = {};
  if (draft.cleanupPolicy !== "default") configs["cleanup.policy"] = draft.cleanupPolicy;
  if (draft.retentionMs !== "default") configs["retention.ms"] = draft.retentionMs;
  for (const { name, value } of draft.settings) {
    const entry = catalogue.find((one) => one.name === name.trim());
    const parsed = entry && parseConfig(entry, value);
    if (name.trim() !== "") configs[name.trim()] = parsed?.ok ? parsed.value : value.trim();
  }
  return {
    cluster,
    name: draft.name.trim(),
    partitions: wholeNumber(draft.partitions),
    replicationFactor: wholeNumber(draft.replicationFactor),
    configs,
  };
}

/** The draft of a copy of a topic: its shape, and what is set on it. */
export function draftOfCopy(
  from: string,
  { partitionCount, replicationFactor }: { readonly partitionCount: number; readonly replicationFactor: number },
  entries: readonly ConfigEntry[],
): TopicDraft {
  const own = entries.filter(({ source }) => source === "topic");
  return {
    ...emptyDraft,
    name: `${from}-copy`,
    partitions: String(partitionCount),
    replicationFactor: String(replicationFactor),
    settings: own.map(({ name, value }) => ({ name, value: value ?? "" })),
  };
}
