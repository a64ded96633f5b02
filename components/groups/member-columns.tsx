"use client";
import { Ellipsis, UserMinus } from "lucide-react";
import { useAskForChange } from "@/components/changes/change-context";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import type { Column } from "@/components/ui/data-grid";
import { MenuButton } from "@/components/ui/menu-button";
import { Meter } from "@/components/ui/meter";
import type { GroupMember } from "@/lib/contracts/groups";
import { formatInteger } from "@/lib/format";
import { formatPartitionSet } from "@/lib/partition-set";

/** A member with what it is behind in all its partitions. */
export type MemberRow = GroupMember & {
  readonly group: string;
  readonly hostText: string;
  readonly partitionCount: number;
  /** Null when it is not known for one of its partitions. */
  readonly lagMessages: number | null;
  readonly lagShare: number;
};

function Assignment({ member }: { member: MemberRow }) {
  if (member.assignment === null) return <span className="text-xs text-ink-faint">not told by its protocol</span>;
  if (member.partitionCount === 0) return <span className="text-xs text-ink-faint">nothing: it waits</span>;
  return (
    <span className="text-xs">
      {member.assignment.map(({ topic, partitions }) => (
        <span key={topic} className="mr-3">
          <span className="font-mono text-ink-muted">{topic}</span>{" "}
          {partitions.length > 6 ? formatPartitionSet(partitions) : partitions.join(", ")}
        </span>
      ))}
    </span>
  );
}

function MemberMenu({ member }: { member: MemberRow }) {
  const ask = useAskForChange();
  const { group, memberId, instanceId, clientId } = member;
  return (
    <MenuButton
      variant="ghost"
      size="icon-sm"
      aria-label={`More for ${clientId}`}
      menuLabel={clientId}
      className="opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 data-[state=open]:opacity-100"
      entries={[
        {
          label: "Remove from the group…",
          icon: <UserMinus />,
          isDanger: true,
          onSelect: () =>
            ask({
              kind: "remove-member",
              input: { group, memberId, instanceId },
              title: `Remove ${clientId} from the group?`,
              description: instanceId ?? memberId,
              confirm: "Remove member",
              pending: "Removing…",
              isDanger: true,
            }),
        },
      ]}
    >
      <Ellipsis />
    </MenuButton>
  );
}

/** The columns of a group's members. */
export const memberColumns: readonly Column<MemberRow>[] = [
  {
    id: "client",
    label: "Client",
    width: "minmax(120px,1fr)",
    cell: (member) => (
      <span className="flex items-center gap-2">
        <span className="truncate font-mono text-mono">{member.clientId}</span>
        {member.instanceId !== null && <Badge>static {member.instanceId}</Badge>}
      </span>
    ),
  },
  {
    id: "id",
    label: "Member id",
    width: "minmax(150px,1fr)",
    from: 960,
    cell: (member) => (
      <span className="flex items-center gap-1">
        <span className="truncate font-mono text-xs text-ink-muted">{member.memberId}</span>
        <CopyButton
          text={member.memberId}
          label={`Copy the id of ${member.clientId}`}
          className="opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100"
        />
      </span>
    ),
  },
  {
    id: "host",
    label: "Host",
    width: "112px",
    cell: (member) => <span className="text-ink-muted">{member.hostText}</span>,
  },
  {
    id: "count",
    label: "Partitions",
    width: "72px",
    isRight: true,
    cell: (member) => member.partitionCount,
  },
  {
    id: "assignment",
    label: "Assignment",
    width: "minmax(180px,2fr)",
    cell: (member) => <Assignment member={member} />,
  },
  {
    id: "lag",
    label: "Lag",
    width: "140px",
    from: 790,
    isRight: true,
    cell: (member) =>
      member.lagMessages === null ? (
        <span className="text-ink-faint">unknown</span>
      ) : (
        <span className="flex items-center gap-3">
          <Meter share={member.lagShare} className="h-1.5" />
          <span className="w-15 shrink-0">{formatInteger(member.lagMessages)}</span>
        </span>
      ),
  },
  {
    id: "menu",
    label: "Actions",
    isLabelHidden: true,
    width: "28px",
    cell: (member) => <MemberMenu member={member} />,
  },
];
