"use client";
import { useQuery } from "@tanstack/react-query";
import { Braces, Terminal } from "lucide-react";
import { useRef, useState } from "react";
import { ImpactList } from "@/components/changes/impact-list";
import { ProblemNote } from "@/components/feedback/problem-note";
import { useCluster } from "@/components/live/live-provider";
import { useBootstrap, useLogin } from "@/components/shell/use-bootstrap";
import { SettingRows } from "@/components/topics/setting-rows";
import type { TopicActions } from "@/components/topics/topic-dialogs";
import { useNewTopic } from "@/components/topics/use-new-topic";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { NameField } from "@/components/ui/name-field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Picker } from "@/components/ui/picker";
import { Segments } from "@/components/ui/segments";
import { Tooltip } from "@/components/ui/tooltip";
import { createTopicCommand } from "@/lib/cli/topics";
import { draftOfCopy, emptyDraft, type TopicDraft } from "@/lib/new-topic";
import { problemOf } from "@/lib/problem";
import { topicConfigs } from "@/lib/queries/configs";
import { topicDetail } from "@/lib/queries/topics";

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

type Props = {
  createTopic: TopicActions["createTopic"];
  /** The topic that the new one is a copy of. */
  copyOf: string | null;
  onClose: () => void;
  onCreated: (name: string) => void;
};

type Errors = Readonly<Record<string, string>>;

/** Creates a topic, alone or as a copy of another. What is left empty, the brokers choose. */
export function CreateTopicDialog({ copyOf, ...rest }: Props) {
  const cluster = useCluster();
  const detail = useQuery({ ...topicDetail(cluster, copyOf ?? ""), enabled: copyOf !== null });
  const configs = useQuery({ ...topicConfigs(cluster, copyOf ?? ""), enabled: copyOf !== null });
  const failure = detail.error ?? configs.error;
  if (copyOf === null || failure) return <TopicForm {...rest} copyOf={null} first={emptyDraft} />;
  if (!detail.data || !configs.data) return null;
  return <TopicForm {...rest} copyOf={copyOf} first={draftOfCopy(copyOf, detail.data, configs.data.entries)} />;
}

function TopicForm({ createTopic, copyOf, first, onClose, onCreated }: Props & { first: TopicDraft }) {
  const bootstrap = useBootstrap();
  const login = useLogin();
  const name = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(first);
  const [isWithData, setWithData] = useState(copyOf !== null);
  const [isTried, setTried] = useState(false);
  const change = (part: Partial<TopicDraft>) => setDraft((before) => ({ ...before, ...part }));
  // A setting that is written out below wins: its short cut would say something else.
  const isSetBelow = (setting: string) => draft.settings.some((one) => one.name.trim() === setting);
  const from = isWithData ? copyOf : null;
  const { catalogue, input, faults, own, isWhole, plan, creating, copying } = useNewTopic(
    { draft, from, createTopic },
    onCreated,
  );
  const failure = creating.error ?? copying.error;
  const refused = failure && problemOf(failure);
  const foreseen = plan.error && problemOf(plan.error);
  const errors: Errors = { ...foreseen?.fields, ...refused?.fields, ...(isTried ? own : {}) };
  const submit = () => {
    if (from === null) creating.mutate(input);
    else if (plan.data) copying.mutate(plan.data.fingerprint);
  };

  return (
    <FormDialog
      title={copyOf === null ? "Create a topic" : `Copy ${copyOf}`}
      focus={name}
      confirm="Create topic"
      pending="Creating…"
      isPending={creating.isPending || copying.isPending}
      isWhole={isWhole}
      isEarly={from !== null && !plan.data}
      onSubmit={submit}
      onRefused={() => setTried(true)}
      onClose={onClose}
      command={
        <>
          <CopyButton
            text={plan.data?.cli ?? login.command(createTopicCommand(bootstrap, input))}
            label="Copy as CLI command"
            icon={<Terminal />}
            className="-ml-2"
          >
            Copy as CLI
          </CopyButton>
          {plan.data?.code && (
            <Tooltip label="Copy as a program">
              <CopyButton text={plan.data.code} label="Copy as a program" icon={<Braces />} />
            </Tooltip>
          )}
        </>
      }
    >
      <NameField
        input={name}
        value={draft.name}
        error={errors.name}
        onChange={(value) => change({ name: value })}
        isCode
      />
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
        {!isSetBelow("cleanup.policy") && (
          <span className="flex items-center gap-2 text-xs text-ink-muted">
            Clean-up
            <Segments
              label="Clean-up policy"
              options={policies}
              value={draft.cleanupPolicy}
              onChoose={(cleanupPolicy) => change({ cleanupPolicy })}
            />
          </span>
        )}
        {!isSetBelow("retention.ms") && (
          <Picker
            label="Retention"
            value={retentions.find((one) => one.value === draft.retentionMs)?.value ?? "default"}
            choices={retentions}
            onChoose={(retentionMs) => change({ retentionMs })}
          />
        )}
      </div>
      <SettingRows
        settings={draft.settings}
        catalogue={catalogue.error ? undefined : (catalogue.data?.entries ?? [])}
        faults={faults}
        error={errors.configs}
        onChange={(settings) => change({ settings })}
      />
      {copyOf !== null && (
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            className="accent-accent"
            checked={isWithData}
            onChange={(event) => setWithData(event.target.checked)}
          />
          With the messages of <span className="font-mono text-mono">{copyOf}</span>
        </label>
      )}
      {plan.data && <ImpactList plan={{ ...plan.data, irreversible: null }} />}
      {refused ? <ProblemNote problem={refused} /> : foreseen && !foreseen.fields && <ProblemNote problem={foreseen} />}
    </FormDialog>
  );
}
