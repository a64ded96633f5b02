"use client";
import { CheckedField } from "@/components/messages/checked-field";
import { DecoderFailures, DecoderPickers } from "@/components/messages/decoder-pickers";
import { InstantField } from "@/components/messages/instant-field";
import type { MessageBrowserModel } from "@/components/messages/use-message-browser";
import { SearchOptions } from "@/components/search/search-options";
import type { SearchModel } from "@/components/search/use-search";
import { Button } from "@/components/ui/button";
import { Picker } from "@/components/ui/picker";
import { useZone } from "@/components/ui/use-zone";

const ends = [
  { value: "end", label: "End" },
  { value: "offset", label: "Offset" },
  { value: "time", label: "Time" },
] as const;

const zones = [
  { value: "utc", label: "UTC" },
  { value: "local", label: "Local" },
] as const;

/** What most people leave as it is: where reading ends, which partitions and topics, how bytes are read, how far a search goes. */
export function ReadOptions({ browser, search }: { browser: MessageBrowserModel; search: SearchModel }) {
  const { place, choices, follow } = browser;
  const [zone, setZone] = useZone();
  return (
    <div role="group" aria-label="More of what is read" className="flex flex-wrap items-center gap-2 px-6 pb-2.5">
      {!follow.isOn && <EndPicker browser={browser} />}
      <CheckedField
        key={`partitions ${place.partitions ?? ""}`}
        label="Partitions to read"
        value={place.partitions ?? ""}
        placeholder="all partitions"
        isValid={(text) => text === "" || /^\d{1,10}(,\d{1,10})*$/.test(text)}
        onChange={(text) => browser.setPlace({ partitions: text === "" ? null : text })}
        className="w-32"
      />
      <CheckedField
        key={`topics ${place.topics ?? ""}`}
        label="More topics to merge in"
        value={place.topics ?? ""}
        placeholder="merge topics: a,b"
        isValid={(text) => text === "" || /^[a-zA-Z0-9._-]{1,249}(,[a-zA-Z0-9._-]{1,249}){0,15}$/.test(text)}
        onChange={(text) => browser.setPlace({ topics: text === "" ? null : text })}
        className="w-44"
      />
      <DecoderPickers choices={choices} />
      <Button
        aria-pressed={place.control === "true"}
        onClick={() => {
          const isWanted = place.control !== "true";
          browser.setPlace({ control: isWanted || null });
          search.again({ isControlShown: isWanted });
        }}
      >
        Control records
      </Button>
      <SearchOptions search={search} />
      <Picker label="Times in" value={zone} choices={zones} onChoose={setZone} />
      <DecoderFailures />
    </div>
  );
}

function EndPicker({ browser }: { browser: MessageBrowserModel }) {
  const { place } = browser;
  const value = place.toOffset !== undefined ? "offset" : place.toMs !== undefined ? "time" : "end";
  return (
    <>
      <Picker
        label="To"
        value={value}
        choices={ends}
        onChoose={(chosen) =>
          browser.setPlace({
            to: chosen === "offset" ? "0" : null,
            until: chosen === "time" ? Math.floor(Date.now() / 60_000) * 60_000 : null,
          })
        }
      />
      {place.toOffset !== undefined && (
        <CheckedField
          key={place.toOffset}
          label="Last offset to read"
          value={place.toOffset}
          isValid={(text) => /^\d{1,19}$/.test(text)}
          onChange={(to) => browser.setPlace({ to })}
          className="w-32"
        />
      )}
      {place.toMs !== undefined && (
        <InstantField
          key={place.toMs}
          label="Time to read to"
          timeMs={place.toMs}
          onChange={(until) => browser.setPlace({ until })}
        />
      )}
    </>
  );
}
