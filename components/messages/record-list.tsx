"use client";
import { useState } from "react";
import { recordColumns, RecordListContext } from "@/components/messages/record-columns";
import type { MessageBrowserModel } from "@/components/messages/use-message-browser";
import { DataGrid } from "@/components/ui/data-grid";
import { useZone } from "@/components/ui/use-zone";
import type { RecordSummary } from "@/lib/contracts/messages";
import type { Zone } from "@/lib/instant";
import { formatRecordAddress } from "@/lib/record-address";

type Props = { browser: MessageBrowserModel };

/** The records, one line each. */
export function RecordList({ browser }: Props) {
  const [zone] = useZone();
  const digits = browser.records.reduce((most, record) => Math.max(most, record.offset.length), 0);
  // A table keeps its columns for life, so another width of the offsets is another table.
  const width = digits <= 8 ? 8 : digits <= 12 ? 12 : 19;
  return <Lines key={`${zone} ${width}`} browser={browser} zone={zone} digits={width} />;
}

function Lines({ browser, zone, digits }: Props & { zone: Zone; digits: number }) {
  const [columns] = useState(() => recordColumns(zone, digits));
  const open = (record: RecordSummary) => browser.open(record);
  return (
    <RecordListContext value={{ decoder: browser.decoder, open }}>
      <DataGrid
        label="Messages"
        columns={columns}
        rows={browser.records}
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
