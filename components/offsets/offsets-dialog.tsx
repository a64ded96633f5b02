"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileDown, Terminal } from "lucide-react";
import { useState } from "react";
import { ImpactList } from "@/components/changes/impact-list";
import { ProblemNote } from "@/components/feedback/problem-note";
import { useMakeChange } from "@/components/changes/change-context";
import { useCluster } from "@/components/live/live-provider";
import { GoalFields } from "@/components/offsets/goal-fields";
import { OffsetMoves } from "@/components/offsets/offset-moves";
import { OffsetSums } from "@/components/offsets/offset-sums";
import { CommandBlock } from "@/components/ui/command-block";
import { Button } from "@/components/ui/button";
import { confirmToast } from "@/components/ui/confirm-toast";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { useSettled } from "@/components/ui/use-settled";
import { useZone } from "@/components/ui/use-zone";
import { callAction } from "@/lib/call-action";
import type { OffsetMove, OffsetPlan, OffsetPlanQuery } from "@/lib/contracts/group-offsets";
import { formatNumberOf } from "@/lib/format";
import { type GoalDraft, readGoalDraft } from "@/lib/goal-draft";
import { formatOffsetsFile } from "@/lib/offsets-file";
import { problemOf } from "@/lib/problem";
import { offsetPlan } from "@/lib/queries/offset-plan";
import { groupDetail, groupKeys, groupList } from "@/lib/queries/groups";
import { topicList } from "@/lib/queries/topics";

const emptyDraft: GoalDraft = {
  to: "earliest",
  time: "",
  duration: "",
  offset: "",
  by: "",
  group: "",
  file: "",
  topic: "",
  partitions: "",
};

/** Names offered while typing; what is typed need not be among them. */
const offered = 500;
const nothing: OffsetPlanQuery = { goal: { to: "earliest" }, topics: [], isNew: false };

type Props = {
  /** Without one a group is made. */
  group?: string;
  draft: Partial<GoalDraft>;
  onClose: () => void;
  onDone: (group: string) => void;
};

/** Resets the offsets of a group, or makes one: goal, sums, the record each partition lands on, what stands in the way, the command. */
export function OffsetsDialog({ group, draft: given, onClose, onDone }: Props) {
  const cluster = useCluster();
  const client = useQueryClient();
  const makeChange = useMakeChange();
  const [zone] = useZone();
  const isNew = group === undefined;
  const [typed, setTyped] = useState("");
  const name = group ?? typed.trim();
  const [draft, setDraft] = useState<GoalDraft>({ ...emptyDraft, ...(isNew && { to: "latest" }), ...given });
  const read = readGoalDraft(draft, { zone, isNew });
  const asked = useSettled(JSON.stringify("query" in read && name !== "" ? { name, query: read.query } : null));
  const isSettled = asked === JSON.stringify("query" in read && name !== "" ? { name, query: read.query } : null);
  const plan = useQuery({
    ...offsetPlan(cluster, name, "query" in read ? read.query : nothing),
    enabled: isSettled && asked !== "null",
  });
  const stuck = useQuery({ ...groupDetail(cluster, name), enabled: !isNew }).data;
  const groups = useQuery({ ...groupList(cluster), enabled: draft.to === "group" }).data?.groups;
  const topics = useQuery({ ...topicList(cluster), enabled: isNew }).data?.topics;
  const mutation = useMutation({
    mutationFn: ({ offsets, fingerprint }: OffsetPlan) => {
      const { goal, topics: scope } = "query" in read ? read.query : nothing;
      const kept = goal.to === "file" ? null : goal;
      const input = { group: name, offsets, goal: kept, topics: scope, isNew };
      return callAction(makeChange, { cluster, kind: "set-offsets", input, fingerprint });
    },
    onSuccess: async ({ summary }) => {
      confirmToast(`${isNew ? "Created" : "Set"} ${name}: ${summary}`);
      onDone(name);
      await client.invalidateQueries({ queryKey: groupKeys(cluster) });
    },
  });
  const change = (part: Partial<GoalDraft>) => {
    mutation.reset();
    setDraft({ ...draft, ...part });
  };
  const answer = asked === "null" || plan.isPlaceholderData ? undefined : plan.data;
  const shown = asked === "null" ? undefined : plan.data;
  const refused = mutation.error && problemOf(mutation.error);
  const stands = new Map(stuck?.partitions.map((own) => [`${own.topic}/${own.partition}`, own]));
  const isOdd = (move: OffsetMove) => {
    const own = stands.get(`${move.topic}/${move.partition}`);
    return (
      own?.stuckSinceMs != null && move.moves && move.next !== null && Number(move.next) <= Number(own.committedOffset)
    );
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={
          isNew ? (
            "Create a group"
          ) : (
            <>
              Reset offsets of <span className="font-mono">{name}</span>?
            </>
          )
        }
        description={
          isNew
            ? "A consumer of this group goes on from these offsets, wherever it starts."
            : "The present offsets are kept; Revert in the journal puts them back."
        }
        className="top-1/12 max-h-5/6 max-w-200"
      >
        {isNew && (
          <div className="px-5 pb-3">
            <Input
              aria-label="Name of the group"
              icon={<span className="text-xs text-ink-faint">Group</span>}
              placeholder="group.id"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className="w-72"
              inputClassName="font-mono text-xs"
            />
          </div>
        )}
        <GoalFields
          draft={draft}
          read={read}
          isNew={isNew}
          topics={(isNew ? (topics?.map((topic) => topic.name) ?? []) : (stuck?.topics ?? [])).slice(0, offered)}
          groups={(groups?.map(({ groupId }) => groupId) ?? []).slice(0, offered)}
          onChange={change}
        />
        {shown && <OffsetSums sums={shown.sums} />}
        {shown && shown.moves.length > 0 && <OffsetMoves moves={shown.moves} odd={isOdd} />}
        <div className="min-h-0 shrink space-y-3 overflow-auto px-5 py-3">
          {asked !== "null" && !shown && !plan.error && (
            <div role="status" aria-label="Finding out where it lands" className="h-24 skeleton after-a-moment" />
          )}
          {plan.error && <ProblemNote problem={problemOf(plan.error)} />}
          {shown?.moves.length === 0 && (
            <p className="text-ink-muted">
              {isNew ? "There is no such partition." : "This group has committed nothing. Name a topic to begin with."}
            </p>
          )}
          {shown && (
            <ImpactList
              plan={{
                ...shown,
                impact: [...shown.moves.filter(isOdd).slice(0, 3).map(stopsAgain), ...shown.impact],
              }}
            />
          )}
          {shown?.cli && <CommandBlock label="Copy as CLI command" text={shown.cli} />}
          {refused && <ProblemNote problem={refused} />}
        </div>
        <DialogFooter>
          {shown?.code && (
            <CopyButton text={shown.code} label="Copy as code" icon={<Terminal />} className="-ml-2">
              Copy as code
            </CopyButton>
          )}
          {shown && (
            <CopyButton
              text={() => formatOffsetsFile(shown.offsets)}
              label="Copy the plan as CSV"
              icon={<FileDown />}
              className="-ml-1"
            >
              Plan as CSV
            </CopyButton>
          )}
          <span className="flex-1" />
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Confirm
            answer={answer}
            isNew={isNew}
            isDeleting={draft.to === "none"}
            mutation={mutation}
            onAgain={() => {
              mutation.reset();
              void plan.refetch();
            }}
            isStale={refused?.code === "changed-meanwhile"}
          />
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function stopsAgain({ topic, partition, next }: OffsetMove) {
  const text = `Partition ${partition} of ${topic} lands at ${next ?? ""}, where or before the record it stands still at: it would stop there again.`;
  return { severity: "warning" as const, text };
}

type ConfirmProps = {
  answer: OffsetPlan | undefined;
  isNew: boolean;
  isDeleting: boolean;
  isStale: boolean;
  mutation: { readonly isPending: boolean; readonly mutate: (plan: OffsetPlan) => void };
  onAgain: () => void;
};

function Confirm({ answer, isNew, isDeleting, isStale, mutation, onAgain }: ConfirmProps) {
  if (isStale)
    return (
      <Button variant="primary" onClick={onAgain}>
        Look again
      </Button>
    );
  const count = answer?.moves.filter(({ moves }) => moves).length ?? 0;
  // Deleting offsets of a topic that no member reads is allowed while others are active: the plan says so by its impact.
  const isBlocked = answer?.impact.some(({ severity }) => severity === "critical") ?? true;
  const verb = isNew ? "Create with" : isDeleting ? "Delete offsets of" : "Reset";
  return (
    <Button
      variant={isDeleting ? "danger" : "primary"}
      disabled={answer === undefined || count === 0 || isBlocked || mutation.isPending}
      onClick={() => answer && mutation.mutate(answer)}
    >
      {mutation.isPending ? "Setting…" : `${verb} ${formatNumberOf(count, "partition")}`}
    </Button>
  );
}
