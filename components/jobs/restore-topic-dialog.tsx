"use client";
import { useRef, useState } from "react";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { usePlannedChange } from "@/components/changes/use-planned-change";
import { NameField } from "@/components/ui/name-field";
import { useSettled } from "@/components/ui/use-settled";
import { topicName } from "@/lib/contracts/primitives";

type Props = {
  /** The job that saved it, and the topic's name then. */
  job: number;
  topic: string;
  onClose: () => void;
  onRestoring: (job: number) => void;
};

/** Makes a topic again from the file that a job saved it in: under its old name, or another. */
export function RestoreTopicDialog({ job, topic, onClose, onRestoring }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(topic);
  const written = topicName.safeParse(name);
  const settled = useSettled(written.success ? name : undefined);
  const { plan, mutation } = usePlannedChange(
    "restore-topic",
    settled === undefined ? null : { job, name: settled },
    ({ jobId }) => {
      onClose();
      if (jobId !== null) onRestoring(jobId);
    },
  );
  return (
    <ChangeDialog
      title={
        <>
          Restore <span className="font-mono">{topic}</span>
        </>
      }
      description="A topic is made with its partitions and settings, then a job writes its messages."
      plan={plan}
      mutation={mutation}
      confirm="Restore topic"
      pending="Making it…"
      isUnsettled={settled !== name}
      focus={input}
      onClose={onClose}
      form={
        <NameField
          input={input}
          value={name}
          error={written.success ? undefined : written.error.issues[0]?.message}
          onChange={setName}
          isCode
        />
      }
    />
  );
}
