"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { ProblemNote } from "@/components/feedback/problem-note";
import type { useTopicMarks } from "@/components/topics/use-topic-marks";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate({ name: name.trim(), query: location.search.slice(1) });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Save this view"
        description="Filter, order and labels. A view of the same name is replaced."
        focus={input}
      >
        <form onSubmit={submit} className="contents">
          <div className="space-y-4 px-5 pb-4">
            <Field label="Name">
              {(control) => (
                <Input
                  {...control}
                  ref={input}
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                  className="h-8"
                />
              )}
            </Field>
            {saving.error && <ProblemNote problem={problemOf(saving.error)} />}
          </div>
          <DialogFooter>
            <span className="flex-1" />
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button variant="primary" type="submit" disabled={name.trim() === "" || saving.isPending}>
              Save view
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
