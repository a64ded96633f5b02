"use client";
import { useQuery } from "@tanstack/react-query";
import { Table2 } from "lucide-react";
import { useState } from "react";
import { EmptyState } from "@/components/feedback/empty-state";
import { ProblemView } from "@/components/feedback/problem-view";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { useFollow } from "@/components/live/use-follow";
import { RecordLines } from "@/components/messages/record-list";
import type { MessageBrowserModel } from "@/components/messages/use-message-browser";
import { PageFooter } from "@/components/ui/page-footer";
import { useZone } from "@/components/ui/use-zone";
import type { KeyTable as Table } from "@/lib/contracts/keys";
import { formatInteger, formatNumberOf } from "@/lib/format";
import { updateKeyTable } from "@/lib/key-table";
import { problemOf } from "@/lib/problem";
import { keyTable } from "@/lib/queries/keys";

/** The newest value of each key, kept up to date while it is open: what a consumer that reads the whole topic knows. */
export function KeyTable({ browser }: { browser: MessageBrowserModel }) {
  const query = useQuery(keyTable(browser.cluster, browser.topic, browser.place));
  if (query.data) return <Rows key={query.dataUpdatedAt} browser={browser} table={query.data} />;
  return (
    <div className="flex min-h-0 flex-1 border-t">
      {query.error ? (
        <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <TableSkeleton />
      )}
    </div>
  );
}

function Rows({ browser, table }: { browser: MessageBrowserModel; table: Table }) {
  const [zone] = useZone();
  const [rows, setRows] = useState(table.records);
  const { cluster, topic, place } = browser;
  const { keyAs, valueAs } = place;
  useFollow(
    { cluster, topic, partitions: null, positions: table.positions, ...defined({ keyAs, valueAs }) },
    (event) => {
      if (event.type === "messages") setRows((now) => [...updateKeyTable(now, event.records)]);
    },
  );
  const digits = rows.reduce((most, row) => Math.max(most, row.offset.length), 0);
  const shape = { zone, offsetDigits: digits <= 8 ? 8 : 19, isMerged: false, pointers: [] };
  return (
    <>
      {rows.length === 0 ? (
        <div className="flex min-h-0 flex-1 border-t">
          <EmptyState icon={<Table2 />} title="No keys in this topic">
            A table has a row for each key. No message here has one.
          </EmptyState>
        </div>
      ) : (
        <RecordLines key={JSON.stringify(shape)} label="Newest by key" records={rows} browser={browser} shape={shape} />
      )}
      <PageFooter fresh={<span role="status">live</span>}>
        <span className="text-ink-muted">{formatNumberOf(rows.length, "key")}</span>
        {` · ${formatInteger(table.scanned)} read`}
        {table.incomplete !== null && ` · ${table.incomplete}`}
      </PageFooter>
    </>
  );
}

function defined<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  // Narrowing: what is undefined was left out.
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
