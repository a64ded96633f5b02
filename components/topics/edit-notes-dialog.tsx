"use client";
import { useState } from "react";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { usePlannedChange } from "@/components/changes/use-planned-change";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSettled } from "@/components/ui/use-settled";
import type { TopicNotes } from "@/lib/contracts/topic-notes";
import { wordsOf } from "@/lib/words-of";

type Props = { topic: string; notes: TopicNotes; part: "documentation" | "labels"; onClose: () => void };

/** Writes a topic's labels or its documentation; both are in the journal and can be taken back. */
export function EditNotesDialog({ topic, notes, part, onClose }: Props) {
  const [text, setText] = useState(part === "labels" ? notes.labels.join(", ") : notes.documentation);
  const settled = useSettled(text);
  const labels = wordsOf(settled);
  const { plan, mutation } = usePlannedChange(
    "edit-topic-notes",
    { topic, ...(part === "labels" ? { labels } : { documentation: settled }) },
    onClose,
  );
  return (
    <ChangeDialog
      title={
        <>
          {part === "labels" ? "Labels of " : "Documentation of "}
          <span className="font-mono">{topic}</span>
        </>
      }
      plan={plan}
      mutation={mutation}
      confirm="Save"
      pending="Saving…"
      className={part === "labels" ? "" : "max-w-180"}
      onClose={onClose}
      form={
        part === "labels" ? (
          <Field label="Labels" help="With commas between: pii, team-checkout">
            {(control) => <Input {...control} value={text} onChange={(event) => setText(event.target.value)} />}
          </Field>
        ) : (
          <Field label="Markdown">
            {(control) => (
              <textarea
                {...control}
                value={text}
                onChange={(event) => setText(event.target.value)}
                rows={14}
                className="block w-full scroll-thin rounded-md bg-field px-3 py-2 font-mono text-mono shadow-button"
              />
            )}
          </Field>
        )
      }
    />
  );
}
