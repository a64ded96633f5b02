"use client";
import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Input } from "@/components/ui/input";
import { Segments } from "@/components/ui/segments";
import { useZone } from "@/components/ui/use-zone";
import { formatInstant, parseInstant } from "@/lib/instant";
import type { MessageDraft } from "@/lib/message-draft";

const codecs = [
  { value: "none", label: "none" },
  { value: "gzip", label: "gzip" },
] as const;

const acks = [
  { value: "all", label: "all" },
  { value: "leader", label: "1" },
  { value: "none", label: "0" },
] as const;

const encodings = [
  { value: "utf8", label: "Text" },
  { value: "base64", label: "Base64" },
] as const;

const timestamps = [
  { value: "now", label: "Now" },
  { value: "set", label: "Set" },
] as const;

type Props = { draft: MessageDraft; onChange: (part: Partial<MessageDraft>) => void };

/** What most messages leave as it is. */
export function AdvancedFields({ draft, onChange }: Props) {
  const [isOpen, setOpen] = useState(false);
  const Arrow = isOpen ? ChevronDown : ChevronRight;
  return (
    <section aria-label="Advanced">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="mb-2 flex items-center gap-1 rounded-sm text-xs text-ink-muted hover:text-ink"
      >
        <Arrow className="size-3" />
        Advanced
      </button>
      {isOpen && (
        <div className="space-y-1.5">
          <Line label="Timestamp">
            <Segments
              label="Timestamp"
              options={timestamps}
              value={draft.timestampMs === null ? "now" : "set"}
              onChoose={(chosen) => onChange({ timestampMs: chosen === "now" ? null : Date.now() })}
            />
            {draft.timestampMs !== null && (
              <TimestampField timestampMs={draft.timestampMs} onChange={(timestampMs) => onChange({ timestampMs })} />
            )}
          </Line>
          <Line label="Key is">
            <Segments
              label="Key is"
              options={encodings}
              value={draft.keyEncoding}
              onChoose={(keyEncoding) => onChange({ keyEncoding })}
            />
          </Line>
          <Line label="Codec">
            <Segments label="Codec" options={codecs} value={draft.codec} onChoose={(codec) => onChange({ codec })} />
          </Line>
          <Line label="Acks">
            <Segments
              label="Acks"
              options={acks}
              value={draft.acks}
              onChoose={(chosen) => onChange({ acks: chosen })}
            />
          </Line>
        </div>
      )}
    </section>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-center gap-2 text-xs">
      <span className="w-20 shrink-0 text-ink-muted">{label}</span>
      {children}
    </div>
  );
}

function TimestampField({ timestampMs, onChange }: { timestampMs: number; onChange: (timestampMs: number) => void }) {
  const [zone] = useZone();
  const [text, setText] = useState<string>();
  const shown = text ?? formatInstant(timestampMs, zone);
  return (
    <Input
      aria-label={`Timestamp, ${zone === "utc" ? "UTC" : "local"}`}
      aria-invalid={parseInstant(shown, zone) === undefined || undefined}
      value={shown}
      onChange={(event) => {
        setText(event.target.value);
        const parsed = parseInstant(event.target.value, zone);
        if (parsed !== undefined) onChange(parsed);
      }}
      className="h-6 flex-1"
      inputClassName="font-mono text-xs"
    />
  );
}
