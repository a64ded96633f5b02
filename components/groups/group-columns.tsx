"use client";
import Link from "next/link";
import { groupState, lagTimeText, type Marked } from "@/components/groups/group-words";
import { isUncommitted, noLagText } from "@/components/groups/no-lag-text";
import { Outlook } from "@/components/groups/outlook";
import { ProtocolBadge } from "@/components/groups/protocol-badge";
import { useCluster } from "@/components/live/live-provider";
import type { Column } from "@/components/ui/data-grid";
import { Sparkline } from "@/components/ui/sparkline";
import { StatusMark } from "@/components/ui/status";
import { cn } from "@/lib/cn";
import type { GroupSummary } from "@/lib/contracts/groups";
import { formatCount, formatRate } from "@/lib/format";
import { groupPath } from "@/lib/url";

/** A group in the list, with how it is. */
export type GroupRow = GroupSummary & { readonly health: Marked };

/** It stands among what needs attention. */
export function isTroubled(group: Pick<GroupRow, "health">): boolean {
  return group.health.kind === "bad" || group.health.kind === "warn";
}

function Unknown() {
  return <span className="text-ink-faint">unknown</span>;
}

function GroupName({ group }: { group: GroupRow }) {
  const cluster = useCluster();
  const { health } = group;
  return (
    <span className="flex min-w-0 items-start gap-2">
      <StatusMark kind={health.kind} className={cn("mt-1", health.kind === "ok" && "opacity-45")} />
      <span className="min-w-0">
        <Link
          href={groupPath(cluster, group.groupId)}
          prefetch={false}
          className="block truncate rounded-sm font-mono text-mono text-ink -outline-offset-1 hover:underline hover:decoration-line-strong hover:underline-offset-3"
        >
          {group.groupId}
        </Link>
        {health.kind === "ok" ? (
          <span className="sr-only">{health.text}</span>
        ) : (
          <span className="block truncate text-xs text-ink-muted">{health.text}</span>
        )}
      </span>
    </span>
  );
}

function State({ group }: { group: GroupRow }) {
  const { kind, text } = groupState(group.state);
  return (
    <span className={cn("flex items-center gap-1.5", kind === "warn" ? "text-warn" : "text-ink-muted")}>
      <StatusMark kind={kind} className={cn("size-2.5", kind === "ok" && "opacity-45")} />
      {text}
    </span>
  );
}

function Topics({ topics }: { topics: readonly string[] }) {
  const [first, ...others] = topics;
  if (first === undefined) return <span className="text-ink-faint">none</span>;
  return (
    <span className="flex items-center gap-1.5">
      <span className="truncate font-mono text-xs text-ink-muted">{first}</span>
      {others.length > 0 && <span className="shrink-0 text-xs text-ink-faint">+{others.length}</span>}
    </span>
  );
}

function Lag({ group }: { group: GroupRow }) {
  if (isUncommitted(group))
    return (
      <span className="text-ink-faint" title="nothing committed yet">
        –<span className="sr-only"> {noLagText(true)}</span>
      </span>
    );
  if (group.lagMessages === null) return <Unknown />;
  return (
    <span className={cn(isTroubled(group) && "font-medium text-warn", group.lagMessages === 0 && "text-ink-faint")}>
      {formatCount(group.lagMessages)}
    </span>
  );
}

function InTime({ group }: { group: GroupRow }) {
  if (group.lagTime === null) return <span className="text-ink-faint">–</span>;
  return (
    <span className={cn(isTroubled(group) ? "font-medium text-warn" : group.lagTime.ms === 0 && "text-ink-faint")}>
      {lagTimeText(group.lagTime)}
    </span>
  );
}

/** The group list's columns; they leave from the least needed on as the table narrows. */
export const groupColumns: readonly Column<GroupRow>[] = [
  {
    id: "name",
    label: "Group",
    width: "minmax(200px,1fr)",
    sortBy: (group) => group.groupId,
    cell: (group) => <GroupName group={group} />,
  },
  {
    id: "protocol",
    label: "Protocol",
    width: "76px",
    from: 1_020,
    sortBy: (group) => group.protocol,
    cell: (group) => <ProtocolBadge protocol={group.protocol} />,
  },
  {
    id: "state",
    label: "State",
    width: "100px",
    sortBy: (group) => group.state,
    cell: (group) => <State group={group} />,
  },
  {
    id: "members",
    label: "Members",
    width: "64px",
    isRight: true,
    sortBy: (group) => group.members ?? undefined,
    cell: (group) =>
      group.members === null ? (
        <Unknown />
      ) : (
        <span className={group.members === 0 ? "text-ink-faint" : undefined}>{group.members}</span>
      ),
  },
  {
    id: "topics",
    label: "Topics",
    width: "164px",
    from: 1_130,
    cell: (group) => <Topics topics={group.topics} />,
  },
  {
    id: "trend",
    label: "Lag, last hour",
    isLabelHidden: true,
    width: "64px",
    from: 940,
    cell: (group) => (
      <Sparkline values={group.lags} width={64} label="Lag, last hour" tone={isTroubled(group) ? "warn" : "quiet"} />
    ),
  },
  {
    id: "lag",
    label: "Lag",
    width: "60px",
    isRight: true,
    sortBy: (group) => group.lagMessages ?? undefined,
    cell: (group) => <Lag group={group} />,
  },
  {
    id: "time",
    label: "In time",
    width: "72px",
    isRight: true,
    from: 780,
    sortBy: (group) => group.lagTime?.ms,
    cell: (group) => <InTime group={group} />,
  },
  {
    id: "rate",
    label: "Reads",
    width: "68px",
    from: 1_300,
    isRight: true,
    sortBy: (group) => group.consumedPerSecond ?? undefined,
    cell: (group) => (
      <span className="text-ink-muted">
        {group.consumedPerSecond === null ? "" : `${formatRate(group.consumedPerSecond)}/s`}
      </span>
    ),
  },
  {
    id: "outlook",
    label: "Outlook",
    width: "148px",
    cell: (group) => <Outlook outlook={group.outlook} isTrouble={isTroubled(group)} />,
  },
];
