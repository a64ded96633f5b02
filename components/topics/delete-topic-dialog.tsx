"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Braces, Terminal } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { ProblemNote } from "@/components/feedback/problem-note";
import { useCluster } from "@/components/live/live-provider";
import { useBootstrap, useLogin } from "@/components/shell/use-bootstrap";
import { DeletionImpact } from "@/components/topics/deletion-impact";
import type { TopicActions } from "@/components/topics/topic-dialogs";
import { SaveFirst } from "@/components/topics/save-first";
import { Button } from "@/components/ui/button";
import { confirmToast } from "@/components/ui/confirm-toast";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Tooltip } from "@/components/ui/tooltip";
import { callAction } from "@/lib/call-action";
import { deleteTopicsCommand } from "@/lib/cli/topics";
import { deleteTopicsCode } from "@/lib/code/topics";
import { problemOf } from "@/lib/problem";
import { clusterFacts } from "@/lib/queries/clusters";
import { topicDeletion, topicKey, topicKeys } from "@/lib/queries/topics";

type Props = {
  topic: string;
  deleteTopic: TopicActions["deleteTopic"];
  onClose: () => void;
  /** Runs before the topic's data leaves the cache, so that a page about it can go first. */
  onDeleted: () => void;
};

/** Says what goes with the topic before it goes; the name typed out is the consent. */
export function DeleteTopicDialog({ topic, deleteTopic, onClose, onDeleted }: Props) {
  const cluster = useCluster();
  const bootstrap = useBootstrap();
  const login = useLogin();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const query = useQuery(topicDeletion(cluster, topic));
  const plan = query.data;
  // Nothing is lost with an empty topic, so nothing must be typed.
  const isEmpty = plan?.messages === 0;
  const confirmation = isEmpty ? topic : typed;

  const mutation = useMutation({
    mutationFn: (fingerprint: string) => callAction(deleteTopic, { cluster, topic, confirmation, fingerprint }),
    onSuccess: async () => {
      onDeleted();
      confirmToast(`Deleted ${topic}`);
      client.removeQueries({ queryKey: topicKey(cluster, topic), type: "inactive" });
      await client.invalidateQueries({ queryKey: [...topicKeys(cluster), "list"] });
      await client.invalidateQueries({ queryKey: clusterFacts(cluster).queryKey });
    },
    onError: (error) => {
      if (problemOf(error).code === "changed-meanwhile") void query.refetch();
    },
  });
  const isReady = plan !== undefined && confirmation === topic && !mutation.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) mutation.mutate(plan.fingerprint);
  };

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={
          <>
            Delete <span className="font-mono">{topic}</span>?
          </>
        }
        description="This cannot be undone. Brokers remove the data within a minute."
        focus={input}
      >
        <form onSubmit={submit} className="contents">
          <div className="min-h-0 space-y-4 overflow-auto px-5 pb-4">
            <DeletionImpact query={query} />
            {!isEmpty && (
              <Field
                label={
                  <>
                    Type <b className="font-mono font-medium text-ink">{topic}</b> to confirm
                  </>
                }
              >
                {(control) => (
                  <Input
                    {...control}
                    ref={input}
                    value={typed}
                    onChange={(event) => setTyped(event.target.value)}
                    className="h-8"
                    inputClassName="font-mono text-mono"
                  />
                )}
              </Field>
            )}
            {plan !== undefined && !isEmpty && <SaveFirst topic={topic} onLeave={onClose} />}
            {mutation.error && <ProblemNote problem={problemOf(mutation.error)} />}
          </div>
          <DialogFooter>
            <CopyButton
              text={login.command(deleteTopicsCommand(bootstrap, [topic]))}
              label="Copy as CLI command"
              icon={<Terminal />}
              className="-ml-2"
            >
              Copy as CLI
            </CopyButton>
            <Tooltip label="Copy as a program">
              <CopyButton
                text={login.program(deleteTopicsCode(bootstrap, [topic]))}
                label="Copy as a program"
                icon={<Braces />}
              />
            </Tooltip>
            <span className="flex-1" />
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button variant="danger" type="submit" disabled={!isReady}>
              {mutation.isPending ? "Deleting…" : "Delete topic"}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
