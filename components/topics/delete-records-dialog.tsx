"use client";
import { useState } from "react";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { usePlannedChange } from "@/components/changes/use-planned-change";
import { SaveFirst } from "@/components/topics/save-first";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segments } from "@/components/ui/segments";
import { useSettled } from "@/components/ui/use-settled";
import { type DeletionDraft, deletionPointOf, emptyDeletion } from "@/lib/deletion-draft";

const ways = [
  { value: "everything", label: "Everything" },
  { value: "partitions", label: "Partitions" },
  { value: "offsets", label: "Before offsets" },
  { value: "time", label: "Before a time" },
] as const;

type Props = {
  topic: string;
  onClose: () => void;
};

/** Deletes the oldest records of a topic in one of Kafka's four ways; says which go, and who had not read them. */
export function DeleteRecordsDialog({ topic, onClose }: Props) {
  const [draft, setDraft] = useState<DeletionDraft>(emptyDeletion);
  const change = (part: Partial<DeletionDraft>) => setDraft((before) => ({ ...before, ...part }));
  const point = deletionPointOf(draft);
  const written = point.ok ? JSON.stringify(point.value) : undefined;
  const settled = useSettled(written);
  const upTo: unknown = settled === undefined ? null : JSON.parse(settled);
  const { plan, mutation } = usePlannedChange(
    "delete-records",
    upTo === null ? null : { topics: [topic], upTo },
    onClose,
  );
  const fault = point.ok || !point.isWritten ? undefined : point.fault;
  return (
    <ChangeDialog
      title={
        <>
          Delete records of <span className="font-mono">{topic}</span>
        </>
      }
      description="The topic and its settings stay."
      plan={plan}
      mutation={mutation}
      confirm="Delete records"
      pending="Deleting…"
      isDanger
      typed={topic}
      rescue={<SaveFirst topic={topic} onLeave={onClose} />}
      isUnsettled={settled !== written}
      onClose={onClose}
      form={
        <div className="space-y-3">
          <Segments label="Which records" options={ways} value={draft.way} onChoose={(way) => change({ way })} />
          {draft.way === "partitions" && (
            <Field label="Partitions" help="All records of these: 0, 3, 7-9" error={fault}>
              {(control) => (
                <Input
                  {...control}
                  value={draft.partitions}
                  onChange={(event) => change({ partitions: event.target.value })}
                />
              )}
            </Field>
          )}
          {draft.way === "offsets" && (
            <Field label="Partition:offset" help="Records before the offset go: 0:1200, 3:88" error={fault}>
              {(control) => (
                <Input
                  {...control}
                  value={draft.offsets}
                  onChange={(event) => change({ offsets: event.target.value })}
                />
              )}
            </Field>
          )}
          {draft.way === "time" && (
            <Field
              label="Before"
              help="Records before the first one at or after this time go, in every partition."
              error={fault}
            >
              {(control) => (
                <Input
                  {...control}
                  type="datetime-local"
                  step="1"
                  value={draft.time}
                  onChange={(event) => change({ time: event.target.value })}
                />
              )}
            </Field>
          )}
        </div>
      }
    />
  );
}
