"use client";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { useCluster } from "@/components/live/live-provider";
import type { GoalType } from "@/components/reassign/goal-picker";
import { FilterChip } from "@/components/ui/chip";
import { Input } from "@/components/ui/input";
import { parsePartitionSet } from "@/lib/partition-set";
import { brokerList } from "@/lib/queries/brokers";
import { topicList } from "@/lib/queries/topics";

/** What of the desk's state the options show and change. */
export type DeskOptions = {
  readonly brokers: readonly number[];
  readonly factor: number;
  readonly topics: readonly string[];
  /** Of the one topic that is chosen: "0-3, 7". */
  readonly partitions: string;
};

type Props = { goal: GoalType; options: DeskOptions; onChange: (options: Partial<DeskOptions>) => void };

/** What a goal needs to know, and which topics it is for. */
export function GoalOptions({ goal, options, onChange }: Props) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-6 gap-y-2 border-t px-6 py-2.5">
      {(goal === "drain" || goal === "use") && (
        <BrokerChoice goal={goal} chosen={options.brokers} onChange={(brokers) => onChange({ brokers })} />
      )}
      {goal === "replication-factor" && <Factor factor={options.factor} onChange={(factor) => onChange({ factor })} />}
      <TopicChoice chosen={options.topics} onChange={(topics) => onChange({ topics })} />
      {options.topics.length === 1 && (
        <PartitionChoice
          key={options.partitions}
          chosen={options.partitions}
          onChange={(partitions) => onChange({ partitions })}
        />
      )}
    </div>
  );
}

type BrokerChoiceProps = { goal: GoalType; chosen: readonly number[]; onChange: (brokers: readonly number[]) => void };

function BrokerChoice({ goal, chosen, onChange }: BrokerChoiceProps) {
  const brokers = useQuery(brokerList(useCluster())).data?.brokers ?? [];
  return (
    <div role="group" aria-label="Brokers" className="flex flex-wrap items-center gap-1.5">
      <span className="text-xs text-ink-muted">{goal === "drain" ? "Drain" : "Use"}</span>
      {brokers.map(({ id, replicas }) => (
        <FilterChip
          key={id}
          pressed={chosen.includes(id)}
          count={replicas}
          onPress={() =>
            onChange(
              chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].toSorted((a, b) => a - b),
            )
          }
        >
          broker {id}
        </FilterChip>
      ))}
    </div>
  );
}

function Factor({ factor, onChange }: { factor: number; onChange: (factor: number) => void }) {
  return (
    <span className="flex items-center gap-2 text-xs text-ink-muted">
      Copies of each partition
      <Input
        aria-label="Copies of each partition"
        type="number"
        min={1}
        max={99}
        value={factor}
        onChange={(event) => onChange(Math.max(1, Math.min(32_767, Math.trunc(Number(event.target.value)) || 1)))}
        className="w-16"
        inputClassName="tabular-nums"
      />
    </span>
  );
}

function PartitionChoice({ chosen, onChange }: { chosen: string; onChange: (partitions: string) => void }) {
  const [typed, setTyped] = useState(chosen);
  const isWrong = parsePartitionSet(typed) === undefined;
  const take = () => !isWrong && typed !== chosen && onChange(typed.trim());
  return (
    <span className="flex items-center gap-1.5 text-xs text-ink-muted">
      Partitions
      <Input
        aria-label="Partitions"
        aria-invalid={isWrong || undefined}
        placeholder="all, or 0-3, 7"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === "Enter" && take()}
        className="h-6 w-32"
        inputClassName="text-xs"
      />
      {isWrong && <span className="text-bad">Write numbers, as 0-3, 7.</span>}
    </span>
  );
}

function TopicChoice({
  chosen,
  onChange,
}: {
  chosen: readonly string[];
  onChange: (topics: readonly string[]) => void;
}) {
  const names = useQuery(topicList(useCluster())).data?.topics.map(({ name }) => name) ?? [];
  const [typed, setTyped] = useState("");
  const add = (text: string) => {
    const found = names.includes(text) && !chosen.includes(text);
    if (found) onChange([...chosen, text]);
    setTyped(found ? "" : text);
  };
  return (
    <div role="group" aria-label="Topics" className="flex min-w-0 flex-wrap items-center gap-1.5">
      <span className="text-xs text-ink-muted">{chosen.length === 0 ? "All topics, or only" : "Only"}</span>
      {chosen.map((name) => (
        <button
          key={name}
          type="button"
          aria-label={`Leave ${name} out`}
          onClick={() => onChange(chosen.filter((one) => one !== name))}
          className="flex h-6 items-center gap-1 rounded-full bg-accent-soft px-2.5 font-mono text-xs text-accent shadow-accent"
        >
          {name}
          <X className="size-3" />
        </button>
      ))}
      <Input
        list="reassign-topics"
        aria-label="Add a topic"
        placeholder="topic"
        value={typed}
        onChange={(event) => add(event.target.value)}
        className="h-6 w-44"
        inputClassName="text-xs"
      />
      <datalist id="reassign-topics">
        {names
          .filter((name) => !chosen.includes(name))
          .slice(0, 500)
          .map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
      </datalist>
    </div>
  );
}
