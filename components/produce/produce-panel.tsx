"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Send, Terminal, X } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { ProblemNote } from "@/components/feedback/problem-note";
import { useCluster } from "@/components/live/live-provider";
import { AdvancedFields } from "@/components/produce/advanced-fields";
import { KeyFields } from "@/components/produce/key-fields";
import { ValueField } from "@/components/produce/value-field";
import { useKeyLabels } from "@/components/shell/shortcuts";
import { useBootstrap, useLogin } from "@/components/shell/use-bootstrap";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { PairRows } from "@/components/ui/pair-rows";
import { StatusMark } from "@/components/ui/status";
import { callAction } from "@/lib/call-action";
import { produceMessageCommand } from "@/lib/cli/messages";
import type { ProducedMessage, ProduceMessageInput } from "@/lib/contracts/messages";
import { formatDuration } from "@/lib/format";
import { draftErrors, type MessageDraft, produceInputOf } from "@/lib/message-draft";
import { problemOf } from "@/lib/problem";
import { topicKey } from "@/lib/queries/topics";
import type { RecordAddress } from "@/lib/record-address";
import type { Result } from "@/lib/result";

/** The server action that produces one message. */
export type ProduceMessage = (input: ProduceMessageInput) => Promise<Result<ProducedMessage>>;

type Props = {
  topic: string;
  partitionCount: number | undefined;
  produceMessage: ProduceMessage;
  draft: MessageDraft;
  onDraft: (draft: MessageDraft) => void;
  onShow: (address: RecordAddress) => void;
  onClose: () => void;
};

/** Produces a message. Beside the list, not over it: what was written appears at once at the left. */
export function ProducePanel({ topic, partitionCount, produceMessage, draft, onDraft, onShow, onClose }: Props) {
  const cluster = useCluster();
  const bootstrap = useBootstrap();
  const login = useLogin();
  const client = useQueryClient();
  const keyLabels = useKeyLabels();
  const keyInput = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [isTried, setTried] = useState(false);
  const input = produceInputOf(cluster, topic, draft);
  const errors = isTried ? draftErrors(draft) : {};
  useEffect(() => keyInput.current?.focus(), []);

  const mutation = useMutation({
    mutationFn: (wanted: ProduceMessageInput) => callAction(produceMessage, wanted),
    onSuccess: () => client.invalidateQueries({ queryKey: topicKey(cluster, topic) }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(draftErrors(draft)).length === 0 && !mutation.isPending) mutation.mutate(input);
  };
  const change = (part: Partial<MessageDraft>) => onDraft({ ...draft, ...part });

  return (
    <aside
      aria-label="Produce"
      className="absolute inset-y-0 right-0 z-10 flex w-full max-w-117 shrink-0 border-l bg-sunken shadow-pop @3xl:static @3xl:w-92 @3xl:shadow-none @5xl:w-117"
    >
      {/* Keys for the whole panel: each of its fields is interactive. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        ref={form}
        onSubmit={submit}
        noValidate
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) form.current?.requestSubmit();
          // Escape closes a picker first, which is drawn elsewhere in the document.
          if (event.key === "Escape" && form.current?.contains(document.activeElement)) onClose();
        }}
        className="flex min-w-0 flex-1 flex-col"
      >
        <div className="flex h-11 shrink-0 items-center gap-1 border-b pr-2 pl-4">
          <h2 className="flex-1 font-medium">Produce</h2>
          <Button variant="ghost" size="icon-sm" aria-label="Close the produce panel" onClick={onClose}>
            <X />
          </Button>
        </div>
        <div className="min-h-0 flex-1 scroll-thin space-y-3 overflow-auto px-4 py-3">
          <KeyFields
            draft={draft}
            partitionCount={partitionCount}
            error={errors.key}
            onChange={change}
            keyInput={keyInput}
          />
          <ValueField draft={draft} error={errors.value} onChange={change} />
          <div>
            <p className="mb-1 flex justify-between text-xs text-ink-muted">
              Headers <span className="text-ink-faint">{draft.headers.length}</span>
            </p>
            <PairRows pairs={draft.headers} onChange={(headers) => change({ headers })} noun="header" />
          </div>
          <AdvancedFields draft={draft} onChange={change} />
          {errors.form && !errors.key && !errors.value && (
            <p role="alert" className="text-xs text-bad">
              {errors.form}
            </p>
          )}
          {mutation.error && <ProblemNote problem={problemOf(mutation.error)} />}
        </div>
        {mutation.data && <Produced message={mutation.data} acks={mutation.variables.acks} onShow={onShow} />}
        <div className="flex h-12 shrink-0 items-center gap-2 border-t px-4">
          <CopyButton
            text={login.command(produceMessageCommand(bootstrap, input))}
            label="Copy as CLI command"
            icon={<Terminal />}
            className="-ml-2"
          >
            Copy as CLI
          </CopyButton>
          <span className="flex-1" />
          <Button variant="primary" type="submit" disabled={mutation.isPending}>
            <Send />
            {mutation.isPending ? "Producing…" : "Produce"}
            <kbd className="ml-0.5 font-sans text-2xs font-medium">{keyLabels("mod+Enter").join("")}</kbd>
          </Button>
        </div>
      </form>
    </aside>
  );
}

const meanings = { all: ", in all in-sync replicas", leader: ", written by the leader", none: "" } as const;

type ProducedProps = {
  message: ProducedMessage;
  acks: ProduceMessageInput["acks"];
  onShow: (address: RecordAddress) => void;
};

function Produced({ message, acks, onShow }: ProducedProps) {
  const { partition, offset, durationMs } = message;
  return (
    <div
      role="status"
      className="flex h-9 shrink-0 items-center gap-2 border-t bg-ok-soft pr-2 pl-4 text-xs tabular-nums"
    >
      <StatusMark kind="ok" className="size-2.5" />
      <span className="min-w-0 flex-1 truncate">
        {offset === null ? (
          "Sent, without waiting for an answer"
        ) : (
          <>
            Partition {partition} at <span className="font-mono">{offset}</span>
            {meanings[acks]}
          </>
        )}{" "}
        <span className="text-ink-muted">· {formatDuration(durationMs)}</span>
      </span>
      {offset !== null && (
        <Button variant="ghost" size="sm" onClick={() => onShow({ partition, offset })}>
          Show
        </Button>
      )}
    </div>
  );
}
