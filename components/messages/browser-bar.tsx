"use client";
import { Pause, Play, Radio, RefreshCw } from "lucide-react";
import { PlacePicker } from "@/components/messages/place-picker";
import type { MessageBrowserModel } from "@/components/messages/use-message-browser";
import { CopyCommandButton } from "@/components/shell/copy-command-button";
import { useKeyLabels } from "@/components/shell/shortcuts";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { Button } from "@/components/ui/button";
import { Picker } from "@/components/ui/picker";
import { Tooltip } from "@/components/ui/tooltip";
import { readMessagesCommand } from "@/lib/cli/messages";
import { messageLimits } from "@/lib/contracts/messages";
import { decoders } from "@/lib/url";

const decoderLabels = { auto: "Auto", json: "JSON", text: "Text", hex: "Hex" } as const;

/** Where to read from and how: the line above the list of records. */
export function BrowserBar({
  browser,
  partitionCount,
}: {
  browser: MessageBrowserModel;
  partitionCount: number | undefined;
}) {
  const { place, follow, query } = browser;
  const bootstrap = useBootstrap();
  const keyLabels = useKeyLabels();
  const partitions = Array.from({ length: partitionCount ?? (place.partition ?? -1) + 1 }, (_, i) => ({
    value: String(i),
    label: String(i),
  }));
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-6 py-2.5">
      <PlacePicker browser={browser} />
      <Picker
        label="Partition"
        value={place.partition === undefined ? "all" : String(place.partition)}
        choices={[{ value: "all", label: "All" }, ...partitions]}
        onChoose={(value) => browser.setPlace({ partition: value === "all" ? null : Number(value) })}
      />
      <Picker
        label="Limit"
        value={String(place.limit)}
        choices={messageLimits.map((limit) => ({ value: String(limit), label: String(limit) }))}
        onChoose={(value) => browser.setPlace({ limit: Number(value) })}
      />
      <Picker
        label="Decode"
        value={browser.decoder}
        choices={decoders.map((decoder) => ({ value: decoder, label: decoderLabels[decoder] }))}
        onChoose={browser.setDecoder}
      />
      <span className="flex-1" />
      {follow.isOn ? (
        <Button aria-pressed={follow.isPaused} onClick={follow.pause}>
          {follow.isPaused ? <Play /> : <Pause />}
          {follow.isPaused ? (follow.pending.length > 0 ? `Show ${follow.pending.length} new` : "Go on") : "Pause"}
        </Button>
      ) : (
        <Tooltip label="Read again" keys={keyLabels("r")}>
          <Button size="icon" aria-label="Read again" disabled={query.isFetching} onClick={() => void query.refetch()}>
            <RefreshCw />
          </Button>
        </Tooltip>
      )}
      <Tooltip label={follow.isOn ? "Stop following" : "Follow new messages"} keys={keyLabels("l")}>
        <Button aria-pressed={follow.isOn} onClick={follow.toggle}>
          <Radio />
          Follow
        </Button>
      </Tooltip>
      <CopyCommandButton
        variant="outline"
        command={readMessagesCommand(bootstrap, browser.topic, place, follow.isOn)}
      />
    </div>
  );
}
