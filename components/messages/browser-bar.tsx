"use client";
import { Download, Pause, Play, Radio, RefreshCw, SlidersHorizontal, Table2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PlacePicker } from "@/components/messages/place-picker";
import type { MessageBrowserModel } from "@/components/messages/use-message-browser";
import { type SearchActions, SavedSearches } from "@/components/search/saved-searches";
import { SearchField } from "@/components/search/search-field";
import type { SearchModel } from "@/components/search/use-search";
import { CopyCommandButton } from "@/components/shell/copy-command-button";
import { useKeyLabels, useShortcut } from "@/components/shell/shortcuts";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { Button } from "@/components/ui/button";
import { MenuButton } from "@/components/ui/menu-button";
import { Picker } from "@/components/ui/picker";
import { Tooltip } from "@/components/ui/tooltip";
import { readMessagesCommand } from "@/lib/cli/messages";
import { type ExportFormat, messageLimits } from "@/lib/contracts/messages";
import { exportPath } from "@/lib/queries/messages";

const ReadOptions = dynamic(() => import("@/components/messages/read-options").then((module) => module.ReadOptions), {
  ssr: false,
});

type Props = { browser: MessageBrowserModel; partitionCount: number | undefined };
type BarProps = Props & { search: SearchModel; searchActions: SearchActions };

/** Where to read from and how: the line above the list of records. */
export function BrowserBar({ browser, partitionCount, search, searchActions }: BarProps) {
  const { place, follow, choices } = browser;
  const bootstrap = useBootstrap();
  const keyLabels = useKeyLabels();
  const isSpecial =
    [place.toOffset, place.toMs, place.topics, place.control].some((one) => one !== undefined) ||
    choices.decode !== "auto" ||
    choices.decodeKey !== "auto" ||
    search.options.budget !== null ||
    search.options.isolation !== "uncommitted";
  const [chosen, setOpen] = useState<boolean>();
  // What a topic has kept is known a moment after the first look.
  if (isSpecial && chosen === undefined) setOpen(true);
  const isOpen = chosen === true;
  useShortcut({ keys: "o", label: "More of what is read", group: "Messages" }, () => setOpen(!isOpen));
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 px-6 py-2.5">
        <PlacePicker browser={browser} />
        <PartitionPicker browser={browser} partitionCount={partitionCount} />
        <Picker
          label="Limit"
          value={String(place.limit)}
          choices={messageLimits.map((limit) => ({ value: String(limit), label: String(limit) }))}
          onChoose={(value) => browser.setPlace({ limit: Number(value) })}
        />
        <Tooltip label="Where reading and searching end, partitions, topics, decoders" keys={keyLabels("o")}>
          <Button
            size="icon"
            aria-label="More of what is read"
            aria-expanded={isOpen}
            aria-pressed={isSpecial}
            onClick={() => setOpen(!isOpen)}
          >
            <SlidersHorizontal />
          </Button>
        </Tooltip>
        <Tooltip label="Newest message of each key, live" keys={keyLabels("t")}>
          <Button
            size="icon"
            aria-label="Newest of each key"
            aria-pressed={browser.isTable}
            onClick={browser.toggleTable}
          >
            <Table2 />
          </Button>
        </Tooltip>
        {/* A search is longer than what a narrow line leaves for it. */}
        <div className="flex min-w-60 flex-1 items-center gap-2 max-wide:order-last max-wide:basis-full">
          <SearchField search={search} />
          <SavedSearches search={search} actions={searchActions} />
        </div>
        <div className="flex items-center gap-2 max-wide:ml-auto">
          <FollowButtons browser={browser} />
          <ExportMenu browser={browser} />
          <CopyCommandButton
            variant="outline"
            command={readMessagesCommand(bootstrap, browser.topic, place, follow.isOn)}
          />
        </div>
      </div>
      {isOpen && <ReadOptions browser={browser} search={search} />}
    </>
  );
}

function PartitionPicker({ browser, partitionCount }: Props) {
  const chosen = browser.place.partitions;
  const several = chosen?.includes(",") ? [{ value: chosen, label: chosen }] : [];
  const count = partitionCount ?? (chosen === undefined || several.length > 0 ? 0 : Number(chosen) + 1);
  const each = Array.from({ length: count }, (_, i) => ({ value: String(i), label: String(i) }));
  return (
    <Picker
      label="Partition"
      value={chosen ?? "all"}
      choices={[{ value: "all", label: "All" }, ...several, ...each]}
      onChoose={(value) => browser.setPlace({ partitions: value === "all" ? null : value })}
    />
  );
}

function FollowButtons({ browser }: { browser: MessageBrowserModel }) {
  const { follow, query } = browser;
  const keyLabels = useKeyLabels();
  return (
    <>
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
    </>
  );
}

const formats: readonly { readonly format: ExportFormat; readonly label: string }[] = [
  { format: "json", label: "Save as JSON" },
  { format: "ndjson", label: "Save as NDJSON, a record a line" },
  { format: "csv", label: "Save as CSV, with the columns" },
];

function ExportMenu({ browser }: { browser: MessageBrowserModel }) {
  const { cluster, topic, place } = browser;
  return (
    <MenuButton
      menuLabel="Save the records from here on"
      size="icon"
      aria-label="Save the records from here on"
      entries={formats.map(({ format, label }) => ({
        label,
        icon: <Download />,
        onSelect: () => location.assign(exportPath(cluster, topic, place, format)),
      }))}
    >
      <Download />
    </MenuButton>
  );
}
