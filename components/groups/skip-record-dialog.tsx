"use client";
import { useState } from "react";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { usePlannedChange } from "@/components/changes/use-planned-change";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSettled } from "@/components/ui/use-settled";

type Props = {
  group: string;
  record: { readonly topic: string; readonly partition: number; readonly offset: string };
  deadLetterTopics: readonly string[];
  onClose: () => void;
};

/** Copies the record that a group stands at to a topic of dead letters, and lets the group go on after it. */
export function SkipRecordDialog({ group, record, deadLetterTopics, onClose }: Props) {
  const { topic, partition, offset } = record;
  const [typed, setTyped] = useState(deadLetterTopics[0] ?? "");
  const settled = useSettled(typed.trim());
  const input = { group, ...record, deadLetterTopic: settled === "" ? null : settled };
  const { plan, mutation } = usePlannedChange("skip-record", input, onClose);
  return (
    <ChangeDialog
      title={
        <>
          Skip <span className="font-mono">{`${topic} ${partition}:${offset}`}</span> for{" "}
          <span className="font-mono">{group}</span>?
        </>
      }
      description="Revert in the journal puts the offset back; a copy stays where it went."
      plan={plan}
      mutation={mutation}
      confirm={settled === "" ? "Skip one" : "Copy and skip one"}
      pending="Skipping…"
      hasDiff
      form={
        <Field label="Copy to" help="A topic that is there. Left empty, the record is skipped and not copied.">
          {(control) => (
            <>
              <Input
                {...control}
                list="dead-letter-topics"
                value={typed}
                placeholder={`${topic}.dlq`}
                onChange={(event) => setTyped(event.target.value)}
                inputClassName="font-mono text-mono"
              />
              <datalist id="dead-letter-topics">
                {deadLetterTopics.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </datalist>
            </>
          )}
        </Field>
      }
      onClose={onClose}
    />
  );
}
