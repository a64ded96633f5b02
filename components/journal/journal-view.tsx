"use client";
import { useQuery } from "@tanstack/react-query";
import { ScrollText, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useRef, useState } from "react";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { JournalBar } from "@/components/journal/journal-bar";
import { journalColumns, OpenEntryContext } from "@/components/journal/journal-columns";
import { dayHeading } from "@/components/journal/journal-words";
import type { RevertChange } from "@/components/journal/revert-bar";
import { useCluster } from "@/components/live/live-provider";
import { useShortcut } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { DataGrid } from "@/components/ui/data-grid";
import { PageFooter } from "@/components/ui/page-footer";
import { useNow } from "@/components/ui/use-now";
import { useZone } from "@/components/ui/use-zone";
import type { JournalSummary } from "@/lib/contracts/journal";
import { formatInteger, formatNumberOf } from "@/lib/format";
import type { Zone } from "@/lib/instant";
import { problemOf } from "@/lib/problem";
import { journalExport, journalList } from "@/lib/queries/journal";
import { journalQueryOf, journalState } from "@/lib/url";

const EntryDetail = dynamic(() => import("@/components/journal/entry-detail").then((module) => module.EntryDetail), {
  ssr: false,
});

const anyChange = { q: "", actor: null, kind: null, state: null, from: null, until: null };

/** Everything that was changed through this console: list at the left, the open change beside it. */
export function JournalView({ revertChange }: { revertChange: RevertChange }) {
  const [state, setState] = useQueryStates(journalState);
  const search = useRef<HTMLInputElement>(null);
  const cluster = useCluster();
  const query = useQuery(journalList(cluster, journalQueryOf(state)));
  const list = query.data;
  const entries = list?.entries ?? [];
  const index = entries.findIndex((entry) => entry.id === state.entry);
  const open = (entry: JournalSummary | undefined) => entry && void setState({ entry: entry.id });
  const close = () => void setState({ entry: null });
  const previous = index > 0 ? () => open(entries[index - 1]) : undefined;
  const next = index < entries.length - 1 ? () => open(entries[index + 1]) : undefined;
  const isFiltered = Object.keys(journalQueryOf(state)).length > 1;

  useShortcut({ keys: "/", label: "Filter", group: "This page" }, () => search.current?.focus());
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, () => void query.refetch());
  useShortcut({ keys: "j", label: "Older change", group: "This page" }, () => next?.());
  useShortcut({ keys: "k", label: "Newer change", group: "This page" }, () => previous?.());
  useShortcut({ keys: "Escape", label: "Close the change", group: "This page" }, close, state.entry !== null);

  return (
    <section aria-label="Journal" className="relative flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        {/* The journal is the console's own: a cluster that is silent makes nothing of it old. */}
        {query.error && <StaleBanner query={query} />}
        {list?.problem && <PartialProblems problems={[list.problem]} />}
        <JournalBar
          filter={state}
          actors={list?.actors ?? []}
          kinds={list?.kinds ?? []}
          search={search}
          exportUrl={(format) => journalExport(cluster, journalQueryOf(state), format)}
          onChange={(change) => void setState({ ...change, before: null })}
        />
        {list === undefined ? (
          query.error ? (
            <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
          ) : (
            <TableSkeleton />
          )
        ) : entries.length > 0 ? (
          <Entries entries={entries} current={state.entry} onOpen={open} />
        ) : (
          <div className="flex min-h-0 flex-1 border-t">
            <NoEntries
              isFiltered={isFiltered}
              total={list.total}
              onClear={() => void setState({ ...anyChange, before: null })}
            />
          </div>
        )}
        <PageFooter
          fresh={
            <span className="flex gap-1">
              {state.before !== null && (
                <Button variant="ghost" size="sm" onClick={() => void setState({ before: null, entry: null })}>
                  Newest
                </Button>
              )}
              {list && list.next !== null && (
                <Button
                  variant="ghost"
                  size="sm"
                  onClick={() => void setState({ before: list.next, entry: null }, { history: "push" })}
                >
                  Older
                </Button>
              )}
            </span>
          }
        >
          {list && `${formatInteger(entries.length)} of ${formatNumberOf(list.total, "change")} shown`}
        </PageFooter>
      </div>
      {state.entry !== null && (
        <EntryDetail id={state.entry} moves={{ previous, next, close }} revertChange={revertChange} />
      )}
    </section>
  );
}

type EntriesProps = {
  entries: readonly JournalSummary[];
  current: number | null;
  onOpen: (entry: JournalSummary) => void;
};

function Entries(props: EntriesProps) {
  const [zone] = useZone();
  // A table keeps its columns for life, so another zone is another table.
  return <Days key={zone} {...props} zone={zone} />;
}

function Days({ entries, current, onOpen, zone }: EntriesProps & { zone: Zone }) {
  const [columns] = useState(() => journalColumns(zone));
  const now = useNow();
  return (
    <OpenEntryContext value={onOpen}>
      <DataGrid
        label="Changes"
        columns={columns}
        rows={entries}
        rowKey={(entry) => String(entry.id)}
        sectionOf={(entry) => dayHeading(entry.atMs, now, zone)}
        current={current === null ? undefined : String(current)}
        onOpen={onOpen}
      />
    </OpenEntryContext>
  );
}

type NoEntriesProps = { isFiltered: boolean; total: number; onClear: () => void };

function NoEntries({ isFiltered, total, onClear }: NoEntriesProps) {
  if (isFiltered && total > 0)
    return (
      <EmptyState
        icon={<Search />}
        title="No change matches"
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      >
        {formatNumberOf(total, "change")} {total === 1 ? "is" : "are"} hidden by the filter.
      </EmptyState>
    );
  return (
    <EmptyState icon={<ScrollText />} title="Nothing was changed yet">
      What is changed through this console is written down here, with who did it, what it was before, and the way back.
    </EmptyState>
  );
}
