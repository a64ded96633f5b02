"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CheckedField } from "@/components/messages/checked-field";
import { InstantField } from "@/components/messages/instant-field";
import { timePlaces } from "@/components/messages/time-places";
import type { MessageBrowserModel } from "@/components/messages/use-message-browser";
import { Picker } from "@/components/ui/picker";
import { topicGroups } from "@/lib/queries/topic-groups";
import { parsePositions } from "@/lib/positions";

const places = [
  ...timePlaces,
  { value: "offset", label: "Offset" },
  { value: "offsets", label: "Offset by partition" },
  { value: "group", label: "Consumer group" },
] as const;

type Chosen = (typeof places)[number]["value"];

const hourMs = 3_600_000;
const nowhere = { offset: null, offsets: null, time: null, last: null, group: null } as const;

/** Chooses where reading begins; an offset, a time or a group is then written beside it. */
export function PlacePicker({ browser }: { browser: MessageBrowserModel }) {
  const { place, page, topic } = browser;
  // A group is read from only once one is named.
  const [isNaming, setNaming] = useState(false);
  const choose = (chosen: Chosen) => {
    setNaming(chosen === "group");
    switch (chosen) {
      case "newest":
        return browser.setPlace({ ...nowhere, from: null });
      case "oldest":
        return browser.setPlace({ ...nowhere, from: chosen });
      case "offset":
        return browser.setPlace({ ...nowhere, from: chosen, offset: "0" });
      case "offsets": {
        const starts = page?.partitions.filter((one) => one.topic === topic && one.startOffset !== null) ?? [];
        const offsets = starts.map((one) => `${one.partition}:${one.startOffset}`).join(",") || "0:0";
        return browser.setPlace({ ...nowhere, from: chosen, offsets });
      }
      case "time":
        return browser.setPlace({ ...nowhere, from: chosen, time: Math.floor(Date.now() / 60_000) * 60_000 - hourMs });
      case "group":
        return undefined;
      default:
        return browser.setPlace({ ...nowhere, from: "last", last: chosen });
    }
  };
  return (
    <>
      <Picker
        label="From"
        value={isNaming ? "group" : place.from === "last" ? (place.last ?? "1h") : place.from}
        choices={places}
        onChoose={choose}
      />
      {place.offset !== undefined && (
        <CheckedField
          key={place.offset}
          label="Offset to read from"
          value={place.offset}
          isValid={(text) => /^\d{1,19}$/.test(text)}
          onChange={(offset) => browser.setPlace({ offset })}
          className="w-32"
        />
      )}
      {place.offsets !== undefined && (
        <CheckedField
          key={place.offsets}
          label="Offsets to read from, by partition"
          value={place.offsets}
          placeholder="0:120,3:4500"
          isValid={(text) => parsePositions(text, topic) !== null}
          onChange={(offsets) => browser.setPlace({ offsets: offsets.replaceAll(/\s/g, "") })}
          className="w-52"
        />
      )}
      {place.timeMs !== undefined && (
        <InstantField
          key={place.timeMs}
          label="Time to read from"
          timeMs={place.timeMs}
          onChange={(time) => browser.setPlace({ time })}
        />
      )}
      {(isNaming || place.group !== undefined) && <GroupField browser={browser} group={place.group ?? ""} />}
    </>
  );
}

function GroupField({ browser, group }: { browser: MessageBrowserModel; group: string }) {
  const known = useQuery(topicGroups(browser.cluster, browser.topic)).data?.groups ?? [];
  return (
    <CheckedField
      key={group}
      label="Consumer group whose offsets to read from"
      value={group}
      placeholder="group"
      isValid={(text) => text !== ""}
      suggestions={known.map((one) => one.groupId)}
      onChange={(next) => browser.setPlace({ ...nowhere, from: "group", group: next })}
      className="w-44"
    />
  );
}
