"use client";
import { Plus, Search, Table2, Users } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useRef } from "react";
import { EmptyState } from "@/components/feedback/empty-state";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { groupColumns, type GroupRow, isTroubled } from "@/components/groups/group-columns";
import { useGroupWish } from "@/components/groups/group-dialogs";
import { groupsCsv } from "@/components/groups/groups-csv";
import { CopyCommandButton } from "@/components/shell/copy-command-button";
import { useShortcut } from "@/components/shell/shortcuts";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { FilterChip } from "@/components/ui/chip";
import { DataGrid, type GridHandle } from "@/components/ui/data-grid";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { PageFooter } from "@/components/ui/page-footer";
import { StatusMark } from "@/components/ui/status";
import { listGroupsCommand } from "@/lib/cli/groups";
import { formatInteger, formatNumberOf } from "@/lib/format";
import { nearSpelling } from "@/lib/near-spelling";
import { groupListState, groupSortColumns } from "@/lib/url";

const sections = ["Needs attention", "Keeping up"];

function matches(group: GroupRow, typed: string): boolean {
  const text = [group.groupId, ...group.topics].join(" ").toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Filter bar, table and footer of the list of consumer groups. */
export function GroupsTable({ groups, readAtMs }: { groups: readonly GroupRow[]; readAtMs: number }) {
  const [state, setState] = useQueryStates(groupListState);
  const bootstrap = useBootstrap();
  const wish = useGroupWish();
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const troubled = groups.filter(isTroubled);
  const empty = groups.filter((group) => group.members === 0);
  const chosen = groups.filter(
    (group) => (!state.attention || isTroubled(group)) && (!state.empty || group.members === 0),
  );
  const shown = chosen.filter((group) => matches(group, state.q));

  useShortcut({ keys: "/", label: "Filter", group: "This page" }, () => search.current?.focus());
  useShortcut({ keys: "c", label: "Create group", group: "This page", command: true }, () => wish({ kind: "create" }));
  useShortcut({ keys: "j", label: "Next group", group: "This page" }, () => grid.current?.focusRow(1));
  useShortcut({ keys: "k", label: "Previous group", group: "This page" }, () => grid.current?.focusRow(-1));

  return (
    <section aria-label="Consumer groups" className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-center gap-2 px-6 py-2.5">
        <Input
          ref={search}
          icon={<Search />}
          trailing={<Kbd>/</Kbd>}
          placeholder="Filter groups or topics"
          aria-label="Filter groups"
          className="w-64"
          value={state.q}
          onChange={(event) => void setState({ q: event.target.value || null })}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
            if (event.key === "Enter" || event.key === "ArrowDown") grid.current?.focusRow(1);
          }}
        />
        {(troubled.length > 0 || state.attention) && (
          <FilterChip
            pressed={state.attention}
            count={troubled.length}
            onPress={() => void setState({ attention: state.attention ? null : true })}
          >
            <StatusMark kind="warn" className="size-2.5" />
            Needs attention
          </FilterChip>
        )}
        {(empty.length > 0 || state.empty) && (
          <FilterChip
            pressed={state.empty}
            count={empty.length}
            onPress={() => void setState({ empty: state.empty ? null : true })}
          >
            Without members
          </FilterChip>
        )}
        <span className="flex-1" />
        <CopyButton text={() => groupsCsv(shown)} label="Copy these groups as CSV" icon={<Table2 />} size="icon" />
        <CopyCommandButton command={listGroupsCommand(bootstrap)} />
        <Button onClick={() => wish({ kind: "create" })}>
          <Plus />
          Create group
        </Button>
      </div>
      {shown.length > 0 ? (
        <DataGrid
          label="Consumer groups"
          columns={groupColumns}
          rows={shown}
          rowKey={(group) => group.groupId}
          sort={{ id: state.sort, desc: state.dir === "desc" }}
          onSort={(sort) =>
            void setState({
              sort: groupSortColumns.find((column) => column === sort.id) ?? null,
              dir: sort.desc ? "desc" : "asc",
            })
          }
          sectionOf={(group) => (isTroubled(group) ? "Needs attention" : "Keeping up")}
          sections={sections}
          heightOf={(group) => (group.health.kind === "ok" ? undefined : 48)}
          handle={grid}
        />
      ) : (
        <div className="flex min-h-0 flex-1 border-t">
          <NoGroups
            typed={state.q}
            groups={groups}
            onClear={() => void setState({ q: null, attention: null, empty: null })}
          />
        </div>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={readAtMs} />}>
        {formatInteger(shown.length)} of {formatNumberOf(groups.length, "group")} shown
      </PageFooter>
    </section>
  );
}

type NoGroupsProps = { typed: string; groups: readonly GroupRow[]; onClear: () => void };

function NoGroups({ typed, groups, onClear }: NoGroupsProps) {
  if (groups.length === 0)
    return (
      <EmptyState icon={<Users />} title="No consumer groups in this cluster">
        A group appears with its first consumer: one that has a <code className="font-mono text-mono">group.id</code>.
      </EmptyState>
    );
  const near =
    typed === ""
      ? undefined
      : nearSpelling(
          typed,
          groups.map((group) => group.groupId),
        );
  return (
    <EmptyState
      icon={<Search />}
      title={typed === "" ? "No group is left by these filters" : `No group matches “${typed}”`}
      actions={<Button onClick={onClear}>Clear the filter</Button>}
    >
      {groups.length === 1 ? "1 group is hidden by it." : `${formatInteger(groups.length)} groups are hidden by it.`}
      {near && (
        <>
          {" "}
          Close in spelling: <span className="font-mono text-mono text-ink">{near}</span>
        </>
      )}
    </EmptyState>
  );
}
