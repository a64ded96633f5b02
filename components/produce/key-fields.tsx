"use client";
import type { RefObject } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Picker } from "@/components/ui/picker";
import type { MessageDraft } from "@/lib/message-draft";
import { partitionForKey } from "@/lib/murmur2";
import { bytesOfBase64 } from "@/lib/payload-view";

type Props = {
  draft: MessageDraft;
  partitionCount: number | undefined;
  error: string | undefined;
  onChange: (part: Partial<MessageDraft>) => void;
  keyInput: RefObject<HTMLInputElement | null>;
};

function byKeyLabel(draft: MessageDraft, partitionCount: number | undefined): string {
  if (draft.key === "") return "Any";
  const bytes = draft.keyEncoding === "utf8" ? new TextEncoder().encode(draft.key) : bytesOfBase64(draft.key);
  return bytes === undefined || !partitionCount ? "By key" : `By key: ${partitionForKey(bytes, partitionCount)}`;
}

/** The key and, beside it, the partition it leads to. */
export function KeyFields({ draft, partitionCount, error, onChange, keyInput }: Props) {
  const partitions = Array.from({ length: partitionCount ?? 0 }, (_, i) => ({ value: String(i), label: String(i) }));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_140px] gap-2">
      <Field
        label="Key"
        note={draft.key === "" ? "no key" : draft.keyEncoding === "utf8" ? "text" : "base64"}
        error={error}
      >
        {(control) => (
          <Input
            {...control}
            ref={keyInput}
            value={draft.key}
            onChange={(event) => onChange({ key: event.target.value })}
            inputClassName="font-mono text-xs"
          />
        )}
      </Field>
      <div>
        <p className="mb-1 flex justify-between text-xs text-ink-muted">
          Partition <span className="text-ink-faint">{partitionCount}</span>
        </p>
        <Picker
          label="Partition"
          isLabelHidden
          isWide
          value={draft.partition === null ? "by-key" : String(draft.partition)}
          choices={[{ value: "by-key", label: byKeyLabel(draft, partitionCount) }, ...partitions]}
          onChoose={(value) => onChange({ partition: value === "by-key" ? null : Number(value) })}
        />
      </div>
    </div>
  );
}
