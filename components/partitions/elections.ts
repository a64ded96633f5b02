import type { WantedChange } from "@/components/changes/change-context";
import { formatNumberOf } from "@/lib/format";

type Place = { readonly topic: string; readonly partition: number };

/** The question before preferred leaders are elected: of some topics, or of all. */
export function preferredElection(topics: readonly string[]): WantedChange {
  const [only] = topics;
  return {
    kind: "elect-leaders",
    input: { election: "preferred", topics, partitions: [] },
    title: `Elect the preferred leaders${only === undefined ? "" : ` of ${only}`}?`,
    description: "The first replica of each partition leads again, where it is in sync.",
    confirm: "Elect leaders",
    pending: "Electing…",
    hasDiff: true,
  };
}

/** The question before partitions without a leader get one that lacks messages. */
export function uncleanElection(topic: string, partitions: readonly Place[]): WantedChange {
  return {
    kind: "elect-leaders",
    input: { election: "unclean", topics: [topic], partitions },
    title: `Elect a leader that lacks messages for ${formatNumberOf(partitions.length, "partition")}?`,
    description: "Only when no broker with an in-sync replica comes back: what the new leader lacks is lost for good.",
    confirm: "Elect uncleanly",
    pending: "Electing…",
    isDanger: true,
    typed: topic,
    hasDiff: true,
  };
}
