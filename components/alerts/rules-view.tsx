"use client";
import { BellPlus, BellRing, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { AlertsFrame } from "@/components/alerts/alerts-frame";
import { RuleActionsContext, ruleColumns } from "@/components/alerts/rule-columns";
import { type RuleActions, useAlertAction } from "@/components/alerts/use-alert-actions";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { useShortcut } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { DataGrid } from "@/components/ui/data-grid";
import { PageFooter } from "@/components/ui/page-footer";
import { alertConditions } from "@/lib/alert-conditions";
import {
  type AlertList,
  alertCondition,
  type AlertRuleDraft,
  alertRuleDraft,
  type ListedRule,
} from "@/lib/contracts/alerts";
import { formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";

const RuleDialog = dynamic(() => import("@/components/alerts/rule-dialog").then((module) => module.RuleDialog), {
  ssr: false,
});

/** What a first set of rules watches: what nobody wants to hear of from their users. */
const usual = [
  "group-lag",
  "group-lag-time",
  "group-stuck",
  "partitions-offline",
  "partitions-below-min-isr",
  "broker-gone",
  "disk-used",
] as const;

/** The rules, how each is, and what can be done with it. */
export function RulesView({ actions }: { actions: RuleActions }) {
  return <AlertsFrame>{(list) => <Rules list={list} actions={actions} />}</AlertsFrame>;
}

/** What the dialog is open for: a rule, a new one, or nothing. */
type Editing = { readonly rule: ListedRule | null } | undefined;

function Rules({ list, actions }: { list: AlertList; actions: RuleActions }) {
  const cluster = useCluster();
  const [editing, setEditing] = useState<Editing>();
  const save = useAlertAction(actions.saveAlertRule);
  const remove = useAlertAction(actions.deleteAlertRule);
  const silence = useAlertAction(actions.silenceAlertRule);
  const failed = save.error ?? remove.error ?? silence.error;
  useShortcut({ keys: "c", label: "Add a rule", group: "This page", command: true }, () => setEditing({ rule: null }));

  const rowActions = {
    edit: (rule: ListedRule) => setEditing({ rule }),
    turn: (rule: ListedRule) => save.mutate({ cluster, id: rule.id, rule: { ...draftOf(rule), isOn: !rule.isOn } }),
    silence: (rule: ListedRule, untilMs: number | null) => silence.mutate({ cluster, id: rule.id, untilMs }),
    remove: ({ id }: ListedRule) => remove.mutate({ cluster, id }),
  };
  const addUsual = async () => {
    for (const condition of usual) await save.mutateAsync({ cluster, id: null, rule: newRule(condition) });
  };
  const addOne = (
    <Button variant="primary" onClick={() => setEditing({ rule: null })}>
      <Plus />
      Add a rule
    </Button>
  );
  return (
    <section aria-label="Rules" className="flex min-h-0 flex-1 flex-col">
      {list.rules.length > 0 && (
        <div className="flex shrink-0 items-center justify-end gap-2 px-6 py-2.5">{addOne}</div>
      )}
      {failed && <PartialProblems problems={[problemOf(failed)]} />}
      {list.rules.length > 0 ? (
        <RuleActionsContext value={rowActions}>
          <DataGrid
            label="Rules"
            columns={ruleColumns}
            rows={list.rules.map((rule) => ({ ...rule, told: toldOf(rule, list) }))}
            rowKey={({ id }) => String(id)}
            onOpen={rowActions.edit}
          />
        </RuleActionsContext>
      ) : (
        <div className="flex min-h-0 flex-1 border-t">
          <EmptyState
            icon={<BellRing />}
            title="No rules"
            actions={
              <>
                {addOne}
                <Button disabled={save.isPending} onClick={() => void addUsual().catch(() => undefined)}>
                  <BellPlus />
                  Add the usual six
                </Button>
              </>
            }
          >
            A rule watches one thing on all groups, topics or brokers, or on those that it names.
          </EmptyState>
        </div>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={list.readAtMs} />}>
        {formatNumberOf(list.rules.length, "rule")} · {formatNumberOf(list.targets.length, "target")}
      </PageFooter>
      {editing && (
        <RuleDialog
          rule={editing.rule}
          targets={list.targets}
          saveAlertRule={actions.saveAlertRule}
          onClose={() => setEditing(undefined)}
        />
      )}
    </section>
  );
}

function toldOf({ targets }: ListedRule, list: AlertList): string {
  return list.targets
    .filter(({ id }) => targets.includes(id))
    .map(({ name }) => name)
    .join(", ");
}

/** What a person says of the rule, without how it is. */
function draftOf(rule: ListedRule): AlertRuleDraft {
  return alertRuleDraft.parse(rule);
}

function newRule(condition: (typeof usual)[number]): AlertRuleDraft {
  const { label, threshold, clearAt, forMs, severity } = alertConditions[alertCondition.parse(condition)];
  return { name: label, condition, subject: "*", threshold, clearAt, forMs, severity, targets: [], isOn: true };
}
