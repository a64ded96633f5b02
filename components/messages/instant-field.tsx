"use client";
import { type FormEvent, useState } from "react";
import { Input } from "@/components/ui/input";
import { useZone } from "@/components/ui/use-zone";
import { formatInstant, parseInstant } from "@/lib/instant";

type Props = {
  /** What the time is for; the zone is added. */
  label: string;
  timeMs: number;
  onChange: (timeMs: number) => void;
};

/** A time to write, in the zone that times are shown in. */
export function InstantField({ label, timeMs, onChange }: Props) {
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
        aria-label={`${label}, ${zone === "utc" ? "UTC" : "local"}`}
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
