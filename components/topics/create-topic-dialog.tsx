"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Terminal } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { ProblemNote } from "@/components/feedback/problem-note";
import { useCluster } from "@/components/live/live-provider";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { SettingRows } from "@/components/topics/setting-rows";
import type { TopicActions } from "@/components/topics/topic-dialogs";
import { Button } from "@/components/ui/button";
import { confirmToast } from "@/components/ui/confirm-toast";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Picker } from "@/components/ui/picker";
import { Segments } from "@/components/ui/segments";
import { callAction } from "@/lib/call-action";
import { createTopicCommand } from "@/lib/cli/topics";
import { type CreateTopicInput, createTopicInput } from "@/lib/contracts/topics";
import { createTopicInputOf, emptyDraft, type TopicDraft } from "@/lib/new-topic";
import { problemOf } from "@/lib/problem";
import { clusterFacts } from "@/lib/queries/clusters";
import { topicKeys } from "@/lib/queries/topics";

const policies = [
  { value: "default", label: "Broker's" },
  { value: "delete", label: "Delete" },
  { value: "compact", label: "Compact" },
  { value: "compact,delete", label: "Both" },
] as const;

const retentions = [
  { value: "default", label: "Broker's default" },
  { value: "3600000", label: "1 h" },
  { value: "86400000", label: "1 d" },
  { value: "604800000", label: "7 d" },
  { value: "2592000000", label: "30 d" },
  { value: "-1", label: "Forever" },
] as const;

type Props = { createTopic: TopicActions["createTopic"]; onClose: () => void; onCreated: (name: string) => void };
type Errors = Readonly<Record<string, string>>;

function errorsOf(input: CreateTopicInput): Errors {
  const parsed = createTopicInput.safeParse(input);
  if (parsed.success) return {};
  return Object.fromEntries(
    parsed.error.issues.map((issue) => [
      String(issue.path[0]),
      issue.code === "invalid_type" ? "A whole number, or nothing." : issue.message,
    ]),
  );
}

/** Creates a topic. What is left empty, the brokers choose. */
export function CreateTopicDialog({ createTopic, onClose, onCreated }: Props) {
  const cluster = useCluster();
  const bootstrap = useBootstrap();
  const client = useQueryClient();
  const name = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<TopicDraft>(emptyDraft);
  const [isTried, setTried] = useState(false);
  const change = (part: Partial<TopicDraft>) => setDraft((before) => ({ ...before, ...part }));
  const input = createTopicInputOf(cluster, draft);

  const mutation = useMutation({
    mutationFn: (wanted: CreateTopicInput) => callAction(createTopic, wanted),
    onSuccess: async (created) => {
      onCreated(created.name);
      confirmToast(`Created ${created.name}`);
      await client.invalidateQueries({ queryKey: topicKeys(cluster) });
      await client.invalidateQueries({ queryKey: clusterFacts(cluster).queryKey });
    },
  });
  const refused = mutation.error && problemOf(mutation.error);
  const errors: Errors = isTried ? { ...refused?.fields, ...errorsOf(input) } : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(errorsOf(input)).length === 0 && !mutation.isPending) mutation.mutate(input);
    else name.current?.form?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  };

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Create a topic" focus={name}>
        <form onSubmit={submit} className="contents" noValidate>
          <div className="min-h-0 space-y-4 overflow-auto px-5 pt-1 pb-4">
            <Field label="Name" error={errors.name}>
              {(control) => (
                <Input
                  {...control}
                  ref={name}
                  value={draft.name}
                  onChange={(event) => change({ name: event.target.value })}
                  className="h-8"
                  inputClassName="font-mono text-mono"
                />
              )}
            </Field>
            <div className="grid grid-cols-2 gap-3">
              <Field label="Partitions" error={errors.partitions}>
                {(control) => (
                  <Input
                    {...control}
                    inputMode="numeric"
                    placeholder="Broker's default"
                    value={draft.partitions}
                    onChange={(event) => change({ partitions: event.target.value })}
                  />
                )}
              </Field>
              <Field label="Replication factor" error={errors.replicationFactor}>
                {(control) => (
                  <Input
                    {...control}
                    inputMode="numeric"
                    placeholder="Broker's default"
                    value={draft.replicationFactor}
                    onChange={(event) => change({ replicationFactor: event.target.value })}
                  />
                )}
              </Field>
            </div>
            <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
              <span className="flex items-center gap-2 text-xs text-ink-muted">
                Clean-up
                <Segments
                  label="Clean-up policy"
                  options={policies}
                  value={draft.cleanupPolicy}
                  onChoose={(cleanupPolicy) => change({ cleanupPolicy })}
                />
              </span>
              <Picker
                label="Retention"
                value={retentions.find((one) => one.value === draft.retentionMs)?.value ?? "default"}
                choices={retentions}
                onChoose={(retentionMs) => change({ retentionMs })}
              />
            </div>
            <SettingRows
              settings={draft.settings}
              error={errors.configs}
              onChange={(settings) => change({ settings })}
            />
            {refused && <ProblemNote problem={refused} />}
          </div>
          <DialogFooter>
            <CopyButton
              text={createTopicCommand(bootstrap, input)}
              label="Copy as CLI command"
              icon={<Terminal />}
              className="-ml-2"
            >
              Copy as CLI
            </CopyButton>
            <span className="flex-1" />
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button variant="primary" type="submit" disabled={mutation.isPending}>
              {mutation.isPending ? "Creating…" : "Create topic"}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
