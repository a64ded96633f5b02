"use client";
import { type FormEvent, useState } from "react";
import type { MessageBrowserModel } from "@/components/messages/use-message-browser";
import { Input } from "@/components/ui/input";
import { Picker } from "@/components/ui/picker";
import { useZone } from "@/components/ui/use-zone";
import { formatInstant, parseInstant } from "@/lib/instant";

const places = [
  { value: "newest", label: "Newest" },
  { value: "oldest", label: "Oldest" },
  { value: "offset", label: "Offset" },
  { value: "time", label: "Time" },
] as const;

const hourMs = 3_600_000;

/** Chooses where reading begins; an offset or a time is then written beside it. */
export function PlacePicker({ browser }: { browser: MessageBrowserModel }) {
  const { place } = browser;
  return (
    <>
      <Picker
        label="From"
        value={place.from}
        choices={places}
        onChoose={(from) =>
          browser.setPlace({
            from: from === "newest" ? null : from,
            offset: from === "offset" ? "0" : null,
            time: from === "time" ? Math.floor(Date.now() / 60_000) * 60_000 - hourMs : null,
          })
        }
      />
      {place.offset !== undefined && (
        <OffsetField key={place.offset} offset={place.offset} onChange={(offset) => browser.setPlace({ offset })} />
      )}
      {place.timeMs !== undefined && (
        <TimeField key={place.timeMs} timeMs={place.timeMs} onChange={(time) => browser.setPlace({ time })} />
      )}
    </>
  );
}

function OffsetField({ offset, onChange }: { offset: string; onChange: (offset: string) => void }) {
  const [text, setText] = useState(offset);
  const isValid = /^\d{1,19}$/.test(text);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (isValid && text !== offset) onChange(text);
  };
  return (
    <form onSubmit={submit}>
      <Input
        aria-label="Offset to read from"
        aria-invalid={!isValid || undefined}
        inputMode="numeric"
        value={text}
        onChange={(event) => setText(event.target.value.trim())}
        onBlur={() => submit()}
        className="w-32"
        inputClassName="font-mono text-xs"
      />
    </form>
  );
}

function TimeField({ timeMs, onChange }: { timeMs: number; onChange: (timeMs: number) => void }) {
  const [zone] = useZone();
  const [text, setText] = useState<string>();
  const shown = text ?? formatInstant(timeMs, zone).replace(/\.000$/, "");
  const parsed = parseInstant(shown, zone);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (parsed !== undefined && parsed !== timeMs) onChange(parsed);
  };
  return (
    <form onSubmit={submit}>
      <Input
        aria-label={`Time to read from, ${zone === "utc" ? "UTC" : "local"}`}
        aria-invalid={parsed === undefined || undefined}
        value={shown}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => submit()}
        trailing={<span className="text-2xs">{zone === "utc" ? "UTC" : "local"}</span>}
        className="w-52"
        inputClassName="font-mono text-xs"
      />
    </form>
  );
}
