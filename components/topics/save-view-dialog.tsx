"use client";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ProblemNote } from "@/components/feedback/problem-note";
import type { useTopicMarks } from "@/components/topics/use-topic-marks";
import { NameField } from "@/components/ui/name-field";
import { FormDialog } from "@/components/ui/form-dialog";
import { callAction } from "@/lib/call-action";
import { problemOf } from "@/lib/problem";

type Props = { kept: ReturnType<typeof useTopicMarks>; onClose: () => void };

/** Gives the list as it stands a name. */
export function SaveViewDialog({ kept, onClose }: Props) {
  const saving = useMutation({
    mutationFn: (view: { name: string; query: string }) => callAction(kept.saveView, view),
    onSuccess: async () => {
      onClose();
      await kept.readAgain();
    },
  });
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState("");
  const [isTried, setTried] = useState(false);
  const isNamed = name.trim() !== "";
  return (
    <FormDialog
      title="Save this view"
      description="Filter, order and labels. A view of the same name is replaced."
      focus={input}
      confirm="Save view"
      pending="Saving…"
      isPending={saving.isPending}
      isWhole={isNamed}
      onSubmit={() => saving.mutate({ name: name.trim(), query: location.search.slice(1) })}
      onRefused={() => setTried(true)}
      onClose={onClose}
    >
      <NameField
        input={input}
        value={name}
        error={isTried && !isNamed ? "A view needs a name." : undefined}
        onChange={setName}
      />
      {saving.error && <ProblemNote problem={problemOf(saving.error)} />}
    </FormDialog>
  );
}
