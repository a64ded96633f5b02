"use client";
import { useState } from "react";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { usePlannedChange } from "@/components/changes/use-planned-change";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSettled } from "@/components/ui/use-settled";
import type { TopicMarks } from "@/lib/contracts/topic-marks";
import { formatNumberOf } from "@/lib/format";
import { wordsOf } from "@/lib/words-of";

type Props = { topics: readonly string[]; labels: TopicMarks["labels"]; onClose: () => void };

/** Adds labels to many topics and takes some off. */
export function LabelTopicsDialog({ topics, labels, onClose }: Props) {
  const [text, setText] = useState("");
  const [remove, setRemove] = useState<readonly string[]>([]);
  const settled = useSettled(text);
  const add = wordsOf(settled);
  const there = [...new Set(topics.flatMap((topic) => (Object.hasOwn(labels, topic) ? (labels[topic] ?? []) : [])))];
  const wanted = add.length + remove.length === 0 ? null : { edits: topics.map((topic) => ({ topic, add, remove })) };
  const { plan, mutation } = usePlannedChange("label-topics", wanted, onClose);
  return (
    <ChangeDialog
      title={`Labels of ${formatNumberOf(topics.length, "topic")}`}
      description="What else they are labelled stays. What each had is in the journal, and can be taken back."
      plan={plan}
      mutation={mutation}
      confirm="Change"
      pending="Changing…"
      hasDiff={topics.length <= 50}
      isUnsettled={settled !== text}
      onClose={onClose}
      form={
        <div className="space-y-3">
          <Field label="Add" help="With commas between: pii, team-checkout">
            {(control) => <Input {...control} value={text} onChange={(event) => setText(event.target.value)} />}
          </Field>
          {there.length > 0 && (
            <fieldset>
              <legend className="mb-1 text-xs text-ink-muted">Take off</legend>
              <div className="flex flex-wrap gap-x-4 gap-y-1">
                {there.toSorted().map((label) => (
                  <label key={label} className="flex items-center gap-2 text-xs">
                    <input
                      type="checkbox"
                      className="accent-accent"
                      checked={remove.includes(label)}
                      onChange={({ target }) =>
                        setRemove(target.checked ? [...remove, label] : remove.filter((other) => other !== label))
                      }
                    />
                    {label}
                  </label>
                ))}
              </div>
            </fieldset>
          )}
        </div>
      }
    />
  );
}
