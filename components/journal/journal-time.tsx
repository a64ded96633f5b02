"use client";
import { InstantField } from "@/components/messages/instant-field";
import { Picker } from "@/components/ui/picker";
import type { JournalFilter } from "@/lib/url";

type Span = Pick<JournalFilter, "from" | "until">;

type Props = Span & { onChange: (change: Span) => void };

const HOUR_MS = 3_600_000;

const spans = [
  { value: "any", label: "Any" },
  { value: "hour", label: "Last hour", lengthMs: HOUR_MS },
  { value: "day", label: "Last 24 hours", lengthMs: 24 * HOUR_MS },
  { value: "week", label: "Last 7 days", lengthMs: 7 * 24 * HOUR_MS },
  { value: "month", label: "Last 30 days", lengthMs: 30 * 24 * HOUR_MS },
  { value: "since", label: "Since", lengthMs: 24 * HOUR_MS },
  { value: "until", label: "Until", lengthMs: 24 * HOUR_MS },
  { value: "between", label: "Between", lengthMs: 24 * HOUR_MS },
] as const;

type SpanName = (typeof spans)[number]["value"];

function nameOf({ from, until }: Span): SpanName {
  if (from === null) return until === null ? "any" : "until";
  return until === null ? "since" : "between";
}

/** The span that a choice begins with, to whole minutes; times that were written stay where the choice has them. */
function spanOf(name: SpanName, { from, until }: Span): Span {
  const span = spans.find(({ value }) => value === name);
  if (span === undefined || span.value === "any") return { from: null, until: null };
  const nowMs = Math.ceil(Date.now() / 60_000) * 60_000;
  const start = nowMs - span.lengthMs;
  if (name === "until") return { from: null, until: until ?? nowMs };
  if (name === "between") return { from: from ?? (until ?? nowMs) - span.lengthMs, until: until ?? nowMs };
  return { from: name === "since" ? (from ?? start) : start, until: null };
}

/** The time that the journal shows. A span that was chosen stays where it was, so that a link shows others the same. */
export function JournalTime({ from, until, onChange }: Props) {
  return (
    <>
      <Picker
        label="Time"
        value={nameOf({ from, until })}
        choices={spans}
        onChoose={(name) => onChange(spanOf(name, { from, until }))}
      />
      {from !== null && (
        <InstantField
          key={`from ${from}`}
          label="Changes from"
          timeMs={from}
          onChange={(timeMs) => onChange({ from: timeMs, until })}
        />
      )}
      {until !== null && (
        <InstantField
          key={`until ${until}`}
          label="Changes before"
          timeMs={until}
          onChange={(timeMs) => onChange({ from, until: timeMs })}
        />
      )}
    </>
  );
}
