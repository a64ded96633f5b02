import { isTroubled, type GroupRow } from "@/components/groups/group-columns";
import { Stat, StatStrip } from "@/components/ui/stat";
import { StatusMark } from "@/components/ui/status";
import { formatCount, formatRate } from "@/lib/format";

/** A sum of what is known, and null when a part is not. */
function total(groups: readonly GroupRow[], pick: (group: GroupRow) => number | null): number | null {
  let sum = 0;
  for (const group of groups) {
    const value = pick(group);
    if (value === null) return null;
    sum += value;
  }
  return sum;
}

/** The totals of all consumer groups. */
export function GroupsSummary({ groups }: { groups: readonly GroupRow[] }) {
  const empty = groups.filter((group) => group.members === 0).length;
  const members = total(groups, (group) => group.members);
  const lag = total(groups, (group) => group.lagMessages);
  const reads = total(groups, (group) => group.consumedPerSecond);
  const troubled = groups.filter(isTroubled);
  const worst = troubled.some((group) => group.health.kind === "bad") ? "bad" : "warn";
  return (
    <StatStrip className="border-b">
      <Stat label="Groups" value={groups.length} hint={empty > 0 ? `${empty} empty` : undefined} />
      <Stat label="Members" value={members ?? "unknown"} />
      <Stat
        label="Lag"
        value={lag === null ? "unknown" : formatCount(lag)}
        unit={lag === null ? undefined : "messages"}
      />
      <Stat
        label="Reads"
        value={reads === null ? "unknown" : formatRate(reads)}
        unit={reads === null ? undefined : "/s"}
        className="hidden @3xl:block"
      />
      <Stat
        label="Needs attention"
        value={
          <span className="flex items-center gap-1.5">
            {troubled.length > 0 && <StatusMark kind={worst} />}
            {troubled.length}
          </span>
        }
        unit={troubled.length === 1 ? "group" : "groups"}
      />
    </StatStrip>
  );
}
