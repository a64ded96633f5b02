"use client";
import { useState } from "react";
import { recordColumns, RecordListContext, type RecordListShape } from "@/components/messages/record-columns";
import type { MessageBrowserModel } from "@/components/messages/use-message-browser";
import { DataGrid } from "@/components/ui/data-grid";
import { useZone } from "@/components/ui/use-zone";
import { pointersOf, type RecordSummary } from "@/lib/contracts/messages";
import { formatRecordAddress } from "@/lib/record-address";

type Props = { browser: MessageBrowserModel };

/** The records, one line each. */
export function RecordList({ browser }: Props) {
  const [zone] = useZone();
  const digits = browser.records.reduce((most, record) => Math.max(most, record.offset.length), 0);
  const offsetDigits = digits <= 8 ? 8 : digits <= 12 ? 12 : 19;
  const pointers = pointersOf(browser.place.columns);
  // A table keeps its columns for life, so other columns are another table.
  const shape = { zone, offsetDigits, isMerged: browser.isMerged, pointers };
  return (
    <RecordLines
      key={JSON.stringify(shape)}
      label="Messages"
      records={browser.records}
      browser={browser}
      shape={shape}
    />
  );
}

type LinesProps = Props & { label: string; records: readonly RecordSummary[]; shape: RecordListShape };

/** Records in a table whose columns it keeps for life. */
export function RecordLines({ label, records, browser, shape }: LinesProps) {
  const [columns] = useState(() => recordColumns(shape));
  const open = (record: RecordSummary) => browser.open(record);
  return (
    <RecordListContext value={{ open }}>
      <DataGrid
        label={label}
        columns={columns}
        rows={records}
        rowKey={formatRecordAddress}
        dense
        keepsPlace
        current={browser.at ? formatRecordAddress(browser.at) : undefined}
        onOpen={open}
        rowClass="font-mono"
      />
    </RecordListContext>
  );
}
