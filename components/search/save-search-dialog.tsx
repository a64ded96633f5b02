"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ProblemNote } from "@/components/feedback/problem-note";
import type { SearchActions } from "@/components/search/saved-searches";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { callAction } from "@/lib/call-action";
import type { SearchQuery } from "@/lib/contracts/search";
import { problemOf } from "@/lib/problem";
import { savedSearchKeys } from "@/lib/queries/search";

type Props = {
  cluster: string;
  topic: string;
  query: SearchQuery;
  save: SearchActions["save"];
  onClose: () => void;
};

/** Asks under which name a search is kept. */
export function SaveSearchDialog({ cluster, topic, query, save, onClose }: Props) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const saving = useMutation({
    mutationFn: () => callAction(save, { cluster, topic, name, query }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: savedSearchKeys(cluster, topic) });
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Save this search" description={query.text} focus={field}>
        <form
          id="save-search"
          className="space-y-3 px-5 pb-4"
          onSubmit={(event) => {
            event.preventDefault();
            saving.mutate();
          }}
        >
          <Input
            ref={field}
            aria-label="Name"
            placeholder="Name"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          {saving.error && <ProblemNote problem={problemOf(saving.error)} />}
        </form>
        <DialogFooter>
          <span className="flex-1" />
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" form="save-search" variant="primary" disabled={name.trim() === "" || saving.isPending}>
            Save
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
