"use client";
import { useRef, useState } from "react";
import { targetKinds } from "@/components/alerts/alert-words";
import { type TargetActions, useAlertAction } from "@/components/alerts/use-alert-actions";
import { ProblemNote } from "@/components/feedback/problem-note";
import { useCluster } from "@/components/live/live-provider";
import { Field } from "@/components/ui/field";
import { NameField } from "@/components/ui/name-field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Segments } from "@/components/ui/segments";
import { type AlertTarget, alertTargetDraft, type AlertTargetKind, alertTargetKind } from "@/lib/contracts/alerts";
import { problemOf } from "@/lib/problem";

const kinds = alertTargetKind.options.map((value) => ({ value, label: targetKinds[value] }));

type Draft = { kind: AlertTargetKind; name: string; url: string; secret: string; topic: string };

/** Secrets are never sent to the browser: a field of one that is there is empty, and left empty it stays. */
function draftOf(target: AlertTarget | null): Draft {
  const place = target?.place ?? "";
  const kind = target?.kind ?? "webhook";
  return {
    ...{ kind, name: target?.name ?? "", secret: "" },
    url: kind === "webhook" ? place : "",
    topic: kind === "kafka-topic" ? place : "",
  };
}

function targetOf({ kind, name, url, secret, topic }: Draft): unknown {
  if (kind === "kafka-topic") return { kind, name, topic };
  if (kind === "slack") return { kind, name, ...(url === "" ? {} : { url }) };
  return { kind, name, url, ...(secret === "" ? {} : { secret }) };
}

type Props = {
  /** Null makes a new one. */
  target: AlertTarget | null;
  saveAlertTarget: TargetActions["saveAlertTarget"];
  onClose: () => void;
};

/** Makes or changes a target. */
export function TargetDialog({ target, saveAlertTarget, onClose }: Props) {
  const cluster = useCluster();
  const name = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<Draft>(() => draftOf(target));
  const [isTried, setTried] = useState(false);
  const mutation = useAlertAction(saveAlertTarget, onClose);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const refused = mutation.error && problemOf(mutation.error);
  const parsed = alertTargetDraft.safeParse(targetOf(draft));
  const errors: Readonly<Record<string, string>> = { ...refused?.fields, ...(isTried ? errorsOf(parsed) : {}) };
  return (
    <FormDialog
      title={target ? `Edit ${target.name}` : "Add a target"}
      focus={name}
      confirm="Save the target"
      pending="Saving…"
      isPending={mutation.isPending}
      isWhole={parsed.success}
      onSubmit={() => parsed.success && mutation.mutate({ cluster, id: target?.id ?? null, target: parsed.data })}
      onRefused={() => setTried(true)}
      onClose={onClose}
    >
      {target === null && (
        <Segments label="Kind" options={kinds} value={draft.kind} onChoose={(kind) => change({ kind })} />
      )}
      <NameField input={name} value={draft.name} error={errors.name} onChange={(value) => change({ name: value })} />
      <Address draft={draft} isNew={target === null} errors={errors} onChange={change} />
      {refused && <ProblemNote problem={refused} />}
    </FormDialog>
  );
}

type AddressProps = {
  draft: Draft;
  isNew: boolean;
  errors: Readonly<Record<string, string>>;
  onChange: (part: Partial<Draft>) => void;
};

function Address({ draft, isNew, errors, onChange }: AddressProps) {
  if (draft.kind === "kafka-topic")
    return (
      <Field
        label="Topic"
        error={errors.topic}
        help="A topic of this cluster that is there. Each alert is one message of JSON."
      >
        {(control) => (
          <Input
            {...control}
            value={draft.topic}
            onChange={(event) => onChange({ topic: event.target.value })}
            inputClassName="font-mono text-mono"
          />
        )}
      </Field>
    );
  const isSlack = draft.kind === "slack";
  const kept = isSlack && !isNew ? "Left empty, it stays as it is." : undefined;
  return (
    <>
      <Field label={isSlack ? "Incoming webhook" : "Address"} error={errors.url} help={kept}>
        {(control) => (
          <Input
            {...control}
            value={draft.url}
            placeholder="https://"
            onChange={(event) => onChange({ url: event.target.value })}
            inputClassName="font-mono text-mono"
          />
        )}
      </Field>
      {!isSlack && (
        <Field
          label="Secret"
          error={errors.secret}
          help={isNew ? "Signs each request, so that the receiver knows it is ours." : "Left empty, it stays as it is."}
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              value={draft.secret}
              onChange={(event) => onChange({ secret: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}

function errorsOf(parsed: ReturnType<typeof alertTargetDraft.safeParse>): Readonly<Record<string, string>> {
  if (parsed.success) return {};
  return Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path.at(-1)), message]));
}
