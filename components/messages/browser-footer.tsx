"use client";
import type { MessageBrowserModel } from "@/components/messages/use-message-browser";
import { Kbd } from "@/components/ui/kbd";
import { PageFooter } from "@/components/ui/page-footer";
import { formatDuration, formatInteger, formatNumberOf } from "@/lib/format";

/** What is shown, what was read for it, and what following does. */
export function BrowserFooter({ browser }: { browser: MessageBrowserModel }) {
  const { page, follow, records } = browser;
  const readWell = page?.partitions.filter((partition) => partition.problem === null).length ?? 0;
  return (
    <PageFooter
      fresh={
        <span className="flex items-center gap-1.5">
          <Kbd>J</Kbd>
          <Kbd>K</Kbd> next, previous
        </span>
      }
    >
      <span className="text-ink-muted">{formatNumberOf(records.length, "message")}</span>
      {follow.isOn && (
        <span role="status">
          {follow.isPaused ? ` · paused, ${formatInteger(follow.pending.length)} waiting` : " · following"}
          {follow.received > 0 && ` · ${formatInteger(follow.received)} arrived`}
          {follow.skipped > 0 && ` · ${formatInteger(follow.skipped)} passed unseen`}
        </span>
      )}
      {page && !follow.isOn && (
        <>
          {` · ${formatInteger(page.scanned)} read · ${readWell} of ${formatNumberOf(page.partitions.length, "partition")} · ${formatDuration(page.durationMs)}`}
        </>
      )}
    </PageFooter>
  );
}
