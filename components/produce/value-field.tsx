"use client";
import { Field } from "@/components/ui/field";
import { Segments } from "@/components/ui/segments";
import { StatusMark } from "@/components/ui/status";
import { isJsonDocument } from "@/lib/decode-payload";
import { formatBytes } from "@/lib/format";
import type { MessageDraft } from "@/lib/message-draft";
import { bytesOfBase64 } from "@/lib/payload-view";

const kinds = [
  { value: "utf8", label: "Text" },
  { value: "base64", label: "Base64" },
  { value: "tombstone", label: "Tombstone" },
] as const;

type Props = { draft: MessageDraft; error: string | undefined; onChange: (part: Partial<MessageDraft>) => void };

/** The value as text or base64, or null. */
export function ValueField({ draft, error, onChange }: Props) {
  const kind = draft.isTombstone ? "tombstone" : draft.valueEncoding;
  return (
    <Field
      label="Value"
      error={error}
      note={
        <Segments
          label="Value is"
          options={kinds}
          value={kind}
          onChoose={(chosen) =>
            onChange(chosen === "tombstone" ? { isTombstone: true } : { isTombstone: false, valueEncoding: chosen })
          }
        />
      }
    >
      {(control) =>
        draft.isTombstone ? (
          <p id={control.id} className="rounded-md bg-field px-3 py-2.5 text-xs text-ink-muted shadow-hairline">
            The value is null. In a compacted topic this deletes the key.
          </p>
        ) : (
          <>
            <textarea
              {...control}
              value={draft.value}
              onChange={(event) => onChange({ value: event.target.value })}
              rows={11}
              spellCheck={false}
              autoComplete="off"
              className="block w-full resize-y rounded-md bg-field px-2.5 py-2 font-mono text-xs leading-5 text-ink shadow-button outline-none focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-accent aria-invalid:outline-2 aria-invalid:-outline-offset-1 aria-invalid:outline-bad-mark"
            />
            <ValueNote draft={draft} />
          </>
        )
      }
    </Field>
  );
}

function ValueNote({ draft }: { draft: MessageDraft }) {
  const bytes = draft.valueEncoding === "utf8" ? new TextEncoder().encode(draft.value) : bytesOfBase64(draft.value);
  const looksLikeJson = draft.valueEncoding === "utf8" && /^\s*[{[]/.test(draft.value);
  const isJson = looksLikeJson && isJsonDocument(draft.value);
  return (
    <p className="mt-1 flex items-center gap-1.5 text-xs text-ink-muted tabular-nums">
      {looksLikeJson && (
        <>
          <StatusMark kind={isJson ? "ok" : "warn"} className="size-2.5" />
          {isJson ? "JSON" : "Begins like JSON, but is not"}
        </>
      )}
      {bytes && <span className="ml-auto text-ink-faint">{formatBytes(bytes.length)}</span>}
    </p>
  );
}
