"use client";
import { useRef, useState } from "react";
import { type RuleActions, useAlertAction } from "@/components/alerts/use-alert-actions";
import { ProblemNote } from "@/components/feedback/problem-note";
import { useCluster } from "@/components/live/live-provider";
import { Field } from "@/components/ui/field";
import { NameField } from "@/components/ui/name-field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Picker } from "@/components/ui/picker";
import { Segments } from "@/components/ui/segments";
import { alertConditions } from "@/lib/alert-conditions";
import {
  draftOfRule,
  emptyRuleDraft,
  errorsOfRule,
  type RuleDraft,
  ruleOfDraft,
  withCondition,
} from "@/lib/alert-rule-draft";
import { type AlertTarget, alertCondition, type ListedRule } from "@/lib/contracts/alerts";
import { problemOf } from "@/lib/problem";

const conditions = alertCondition.options.map((value) => ({ value, label: alertConditions[value].label }));
const severities = [
  { value: "warning", label: "Warning" },
  { value: "critical", label: "Critical" },
] as const;
const spans = [
  { value: "0", label: "At once" },
  { value: "30000", label: "30 s" },
  { value: "60000", label: "1 min" },
  { value: "120000", label: "2 min" },
  { value: "300000", label: "5 min" },
  { value: "900000", label: "15 min" },
  { value: "3600000", label: "1 h" },
] as const;
const subjectNames = { group: "Groups", topic: "Topics", broker: "Brokers", cluster: "Cluster" };

type Props = {
  /** Null makes a new one. */
  rule: ListedRule | null;
  targets: readonly AlertTarget[];
  saveAlertRule: RuleActions["saveAlertRule"];
  onClose: () => void;
};

/** Makes or changes a rule. */
export function RuleDialog({ rule, targets, saveAlertRule, onClose }: Props) {
  const cluster = useCluster();
  const name = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<RuleDraft>(() => (rule ? draftOfRule(rule) : emptyRuleDraft));
  const [isTried, setTried] = useState(false);
  const mutation = useAlertAction(saveAlertRule, onClose);
  const change = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }));
  const refused = mutation.error && problemOf(mutation.error);
  const wrong = errorsOfRule(draft);
  const errors: Readonly<Record<string, string>> = { ...refused?.fields, ...(isTried ? wrong : {}) };
  const { unit, subject } = alertConditions[draft.condition];
  const note = unit === "time" ? "such as 90 s, 5 min" : unit;
  const input = ruleOfDraft(draft);
  return (
    <FormDialog
      title={rule ? `Edit ${rule.name}` : "Add a rule"}
      focus={name}
      confirm="Save the rule"
      pending="Saving…"
      isPending={mutation.isPending}
      isWhole={input !== undefined}
      onSubmit={() => input && mutation.mutate({ cluster, id: rule?.id ?? null, rule: input })}
      onRefused={() => setTried(true)}
      onClose={onClose}
    >
      <Picker
        label="Watches"
        value={draft.condition}
        choices={conditions}
        onChoose={(condition) => setDraft((before) => withCondition(before, condition))}
        isWide
      />
      <NameField input={name} value={draft.name} error={errors.name} onChange={(value) => change({ name: value })} />
      <Field label={subjectNames[subject]} error={errors.subject} help="A name, or a pattern: * stands for any text.">
        {(control) => (
          <Input
            {...control}
            value={draft.subject}
            onChange={(event) => change({ subject: event.target.value })}
            inputClassName="font-mono text-mono"
          />
        )}
      </Field>
      {unit !== "flag" && (
        <div className="grid grid-cols-2 gap-3">
          <Field label="Fires above" note={note} error={errors.threshold}>
            {(control) => (
              <Input
                {...control}
                inputMode={unit === "time" ? "text" : "decimal"}
                value={draft.threshold}
                onChange={(event) => change({ threshold: event.target.value })}
              />
            )}
          </Field>
          <Field label="Ends at or below" note={note} error={errors.clearAt}>
            {(control) => (
              <Input
                {...control}
                inputMode={unit === "time" ? "text" : "decimal"}
                value={draft.clearAt}
                onChange={(event) => change({ clearAt: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <Picker
          label="When it lasts"
          value={spans.find(({ value }) => value === draft.forMs)?.value ?? "0"}
          choices={spans}
          onChoose={(forMs) => change({ forMs })}
        />
        <Segments
          label="Severity"
          options={severities}
          value={draft.severity}
          onChoose={(severity) => change({ severity })}
        />
      </div>
      <Tells targets={targets} chosen={draft.targets} onChoose={(chosen) => change({ targets: chosen })} />
      {refused && <ProblemNote problem={refused} />}
    </FormDialog>
  );
}

type TellsProps = { targets: readonly AlertTarget[]; chosen: readonly number[]; onChoose: (chosen: number[]) => void };

function Tells({ targets, chosen, onChoose }: TellsProps) {
  if (targets.length === 0)
    return (
      <p className="text-xs text-ink-muted">
        There are no targets yet: the rule is judged and listed, and tells nobody.
      </p>
    );
  return (
    <fieldset>
      <legend className="mb-1 text-xs text-ink-muted">Tells</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1.5">
        {targets.map(({ id, name }) => (
          <label key={id} className="flex items-center gap-2">
            <input
              type="checkbox"
              className="accent-accent"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChoose(event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
              }
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
