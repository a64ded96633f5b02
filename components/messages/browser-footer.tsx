"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { MessageBrowserModel } from "@/components/messages/use-message-browser";
import { useKeyLabels } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { PageFooter } from "@/components/ui/page-footer";
import { Tooltip } from "@/components/ui/tooltip";
import { formatDuration, formatInteger, formatNumberOf } from "@/lib/format";

/** What is shown, what was read for it, what following does, and the way to the pages beside this one. */
export function BrowserFooter({ browser }: { browser: MessageBrowserModel }) {
  const { page, follow, records } = browser;
  const readWell = page?.partitions.filter((partition) => partition.problem === null).length ?? 0;
  return (
    <PageFooter fresh={<Ways browser={browser} />}>
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

function Ways({ browser }: { browser: MessageBrowserModel }) {
  const { canTurn, turn, follow, place } = browser;
  const keyLabels = useKeyLabels();
  const isDown = place.from === "newest";
  return (
    <span className="flex items-center gap-1.5">
      {!follow.isOn && (canTurn.next || canTurn.previous) && (
        <span className="mr-2 flex items-center gap-0.5">
          <Tooltip label={isDown ? "Newer" : "Older"} keys={keyLabels("[")}>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label="Previous page"
              disabled={!canTurn.previous}
              onClick={() => turn("previous")}
            >
              <ChevronLeft />
            </Button>
          </Tooltip>
          <Tooltip label={isDown ? "Older" : "Newer"} keys={keyLabels("]")}>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label="Next page"
              disabled={!canTurn.next}
              onClick={() => turn("next")}
            >
              <ChevronRight />
            </Button>
          </Tooltip>
        </span>
      )}
      <Kbd>J</Kbd>
      <Kbd>K</Kbd> next, previous
    </span>
  );
}
