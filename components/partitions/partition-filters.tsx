"use client";
import { Search } from "lucide-react";
import { useRef } from "react";
import type { PartitionRow } from "@/components/partitions/partition-columns";
import { useShortcut } from "@/components/shell/shortcuts";
import { FilterChip } from "@/components/ui/chip";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { StatusMark } from "@/components/ui/status";

type State = { readonly q: string; readonly attention: boolean; readonly moved: boolean };

type Props = {
  troubled: number;
  displaced: number;
  state: State;
  onChange: (change: { q?: string | null; attention?: boolean | null; moved?: boolean | null }) => void;
};

/** Whether a partition has this number, a replica on this broker, or one in this rack. */
export function matchesPartition(
  { partition, replicas }: Pick<PartitionRow, "partition" | "replicas">,
  typed: string,
  rackOf: ReadonlyMap<number, string | null>,
): boolean {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return true;
  const broker = /^(?:broker|b)\s*(\d+)$/.exec(wanted)?.[1];
  if (broker !== undefined) return replicas.some((replica) => String(replica.broker) === broker);
  if (/^\d+$/.test(wanted))
    return String(partition) === wanted || replicas.some((one) => String(one.broker) === wanted);
  return replicas.some((replica) => rackOf.get(replica.broker)?.toLowerCase().includes(wanted) === true);
}

/** What to look at: a partition, a broker or a rack; what is under-replicated; what another than the preferred replica leads. */
export function PartitionFilters({ troubled, displaced, state, onChange }: Props) {
  const search = useRef<HTMLInputElement>(null);
  useShortcut({ keys: "/", label: "Filter", group: "This page" }, () => search.current?.focus());
  return (
    <>
      <Input
        ref={search}
        icon={<Search />}
        trailing={<Kbd>/</Kbd>}
        placeholder="Partition, broker or rack"
        aria-label="Filter partitions"
        className="w-52 shrink-0"
        value={state.q}
        onChange={(event) => onChange({ q: event.target.value || null })}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      />
      <FilterChip
        pressed={state.attention}
        count={troubled}
        onPress={() => onChange({ attention: state.attention ? null : true })}
      >
        <StatusMark kind={troubled > 0 ? "warn" : "ok"} className="size-2.5" />
        Under-replicated
      </FilterChip>
      <FilterChip
        pressed={state.moved}
        count={displaced}
        onPress={() => onChange({ moved: state.moved ? null : true })}
      >
        Not preferred
      </FilterChip>
    </>
  );
}
