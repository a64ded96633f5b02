"use client";
import { useQuery } from "@tanstack/react-query";
import { RadioGroup } from "radix-ui";
import { useCluster } from "@/components/live/live-provider";
import { cn } from "@/lib/cn";
import type { ReassignmentGoal } from "@/lib/contracts/reassignment";
import { brokerList } from "@/lib/queries/brokers";

export type GoalType = ReassignmentGoal["type"];

const goals: readonly { readonly type: GoalType; readonly label: string; readonly hint: string }[] = [
  { type: "drain", label: "Drain broker…", hint: "nothing stays on it" },
  { type: "use", label: "Use broker…", hint: "fill a new one" },
  { type: "balance", label: "Balance", hint: "even disks and leaders" },
  { type: "replication-factor", label: "Replication factor…", hint: "more or fewer copies" },
  { type: "racks", label: "Spread over racks", hint: "one copy in each" },
  { type: "by-hand", label: "By hand", hint: "edit each replica" },
];

/** Why copies cannot be spread over racks here; undefined when they can, or before it is known. */
function useRacklessness(): string | undefined {
  const brokers = useQuery(brokerList(useCluster())).data?.brokers;
  if (brokers === undefined) return undefined;
  if (brokers.some(({ rack }) => rack === null)) return "brokers tell no racks";
  return new Set(brokers.map(({ rack }) => rack)).size < 2 ? "all are in one rack" : undefined;
}

/** What replicas are moved for. What this cluster has no use for is grey, and says why. */
export function GoalPicker({ goal, onChoose }: { goal: GoalType; onChoose: (goal: GoalType) => void }) {
  const rackless = useRacklessness();
  return (
    <RadioGroup.Root
      aria-label="Goal"
      value={goal}
      onValueChange={(chosen) => {
        const found = goals.find(({ type }) => type === chosen);
        if (found) onChoose(found.type);
      }}
      className="grid shrink-0 grid-cols-3 gap-2 px-6 py-3 @4xl:grid-cols-6"
    >
      {goals.map(({ type, label, hint }) => {
        const reason = type === "racks" ? rackless : undefined;
        return (
          <RadioGroup.Item
            key={type}
            value={type}
            disabled={reason !== undefined}
            className={cn(
              "rounded-lg px-3 py-1.5 text-left disabled:cursor-not-allowed disabled:text-ink-faint disabled:hover:bg-transparent",
              goal === type ? "bg-accent-soft shadow-accent" : "shadow-hairline hover:bg-hover",
            )}
          >
            <span className={cn("block truncate text-sm font-medium", goal === type && "text-accent")}>{label}</span>
            <span className="block truncate text-xs text-ink-muted">{reason ?? hint}</span>
          </RadioGroup.Item>
        );
      })}
    </RadioGroup.Root>
  );
}
