"use client";
import { Plus, Send } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { AlertsFrame } from "@/components/alerts/alerts-frame";
import { TargetActionsContext, targetColumns } from "@/components/alerts/target-columns";
import { type TargetActions, useAlertAction } from "@/components/alerts/use-alert-actions";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { useShortcut } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { confirmToast } from "@/components/ui/confirm-toast";
import { DataGrid } from "@/components/ui/data-grid";
import { PageFooter } from "@/components/ui/page-footer";
import type { AlertList, AlertTarget } from "@/lib/contracts/alerts";
import { formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";

const TargetDialog = dynamic(() => import("@/components/alerts/target-dialog").then((module) => module.TargetDialog), {
  ssr: false,
});

/** Where alerts are sent. */
export function TargetsView({ actions }: { actions: TargetActions }) {
  return <AlertsFrame>{(list) => <Targets list={list} actions={actions} />}</AlertsFrame>;
}

function Targets({ list, actions }: { list: AlertList; actions: TargetActions }) {
  const cluster = useCluster();
  const [editing, setEditing] = useState<{ readonly target: AlertTarget | null }>();
  const nameOf = (id: number) => list.targets.find((target) => target.id === id)?.name ?? "The target";
  const test = useAlertAction(actions.testAlertTarget, ({ id }) => confirmToast(`${nameOf(id)} took the test`));
  const remove = useAlertAction(actions.deleteAlertTarget);
  const failed = test.error ?? remove.error;
  useShortcut({ keys: "c", label: "Add a target", group: "This page", command: true }, () =>
    setEditing({ target: null }),
  );

  const rowActions = {
    busy: test.isPending ? test.variables.id : undefined,
    edit: (target: AlertTarget) => setEditing({ target }),
    test: ({ id }: AlertTarget) => test.mutate({ cluster, id }),
    remove: ({ id }: AlertTarget) => remove.mutate({ cluster, id }),
  };
  const add = (
    <Button variant="primary" onClick={() => setEditing({ target: null })}>
      <Plus />
      Add a target
    </Button>
  );
  return (
    <section aria-label="Targets" className="flex min-h-0 flex-1 flex-col">
      {list.targets.length > 0 && <div className="flex shrink-0 items-center justify-end gap-2 px-6 py-2.5">{add}</div>}
      {failed && <PartialProblems problems={[problemOf(failed)]} />}
      {list.targets.length > 0 ? (
        <TargetActionsContext value={rowActions}>
          <DataGrid
            label="Targets"
            columns={targetColumns}
            rows={list.targets}
            rowKey={({ id }) => String(id)}
            onOpen={rowActions.edit}
          />
        </TargetActionsContext>
      ) : (
        <div className="flex min-h-0 flex-1 border-t">
          <EmptyState icon={<Send />} title="No targets" actions={add}>
            A target is told what a rule finds: a webhook, a Slack channel, or a topic of this cluster.
          </EmptyState>
        </div>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={list.readAtMs} />}>
        {formatNumberOf(list.targets.length, "target")}
      </PageFooter>
      {editing && (
        <TargetDialog
          target={editing.target}
          saveAlertTarget={actions.saveAlertTarget}
          onClose={() => setEditing(undefined)}
        />
      )}
    </section>
  );
}
