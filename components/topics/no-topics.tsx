"use client";
import { Layers, Plus, Search } from "lucide-react";
import { EmptyState } from "@/components/feedback/empty-state";
import { Button } from "@/components/ui/button";
import { formatInteger, formatNumberOf } from "@/lib/format";
import { nearSpelling } from "@/lib/near-spelling";

type Props = {
  typed: string;
  total: number;
  hidden: number;
  names: readonly string[];
  onClear: () => void;
  onCreate: () => void;
};

/** Says why the list is empty: the filter, or the cluster. */
export function NoTopics({ typed, total, hidden, names, onClear, onCreate }: Props) {
  if (total > 0) {
    const near = typed === "" ? undefined : nearSpelling(typed, names);
    return (
      <EmptyState
        icon={<Search />}
        title={typed === "" ? "No topic is left by the filter" : `No topic matches “${typed}”`}
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      >
        {total === 1 ? "1 topic is hidden by the filter." : `${formatInteger(total)} topics are hidden by the filter.`}
        {near && (
          <>
            {" "}
            Close in spelling: <span className="font-mono text-mono text-ink">{near}</span>
          </>
        )}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Layers />}
      title="No topics in this cluster"
      actions={
        <Button variant="primary" onClick={onCreate}>
          <Plus />
          Create topic
        </Button>
      }
    >
      Create the first one, or produce to any name if the brokers have automatic creation on.
      {hidden > 0 && ` ${formatNumberOf(hidden, "internal topic")} ${hidden === 1 ? "is" : "are"} hidden.`}
    </EmptyState>
  );
}
