"use client";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Shuffle } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { useCluster } from "@/components/live/live-provider";
import { DeskFooter } from "@/components/reassign/desk-footer";
import { GoalOptions } from "@/components/reassign/goal-options";
import { GoalPicker, type GoalType } from "@/components/reassign/goal-picker";
import { HandEditor } from "@/components/reassign/hand-editor";
import { MovesTable } from "@/components/reassign/moves-table";
import { PlanSide } from "@/components/reassign/plan-side";
import { Steps } from "@/components/reassign/steps";
import type { StartReassignment } from "@/components/reassign/use-start-reassignment";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { Topbar } from "@/components/shell/topbar";
import { Button } from "@/components/ui/button";
import type { Assignment, ReassignmentGoal, ReassignmentPlan } from "@/lib/contracts/reassignment";
import { formatBytes, formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { activeMoveList, reassignmentPlanOf } from "@/lib/queries/reassignment";
import { parsePartitionSet } from "@/lib/partition-set";
import { movesPath, reassignState } from "@/lib/operate-url";
import { brokersPath } from "@/lib/url";

type Desk = { readonly goal: GoalType; readonly brokers: readonly number[]; readonly factor: number };

/** The goal as the planner takes it; undefined while something is missing. */
function goalOf({ goal, brokers, factor }: Desk, assignments: readonly Assignment[]): ReassignmentGoal | undefined {
  switch (goal) {
    case "drain":
    case "use":
      return brokers.length === 0 ? undefined : { type: goal, brokers: [...brokers] };
    case "balance":
    case "racks":
      return { type: goal };
    case "replication-factor":
      return { type: goal, factor };
    case "by-hand":
      return { type: goal, assignments: [...assignments] };
  }
}

/** The desk where moves are planned: goal and moves at the left, their effect at the right, Start below. */
export function ReassignView({ startReassignment }: { startReassignment: StartReassignment }) {
  const cluster = useCluster();
  const [state, setState] = useQueryStates(reassignState);
  const [assignments, setAssignments] = useState<readonly Assignment[]>([]);
  const [isEditing, setEditing] = useState(true);
  const [hasDirectories, setDirectories] = useState(false);
  const goal = goalOf(state, assignments);
  const query = useQuery({
    ...reassignmentPlanOf({
      cluster,
      goal: goal ?? { type: "balance" },
      topics: state.topics,
      partitions: state.topics.length === 1 ? [...(parsePartitionSet(state.partitions) ?? [])] : [],
      throttleBytesPerSecond: state.throttle,
      batchMoves: Math.max(1, state.batch),
    }),
    enabled: goal !== undefined,
  });
  const plan = goal === undefined ? undefined : query.data;
  const isByHand = state.goal === "by-hand" && isEditing;
  const planByHand = (wanted: readonly Assignment[]) => {
    setAssignments(wanted);
    setEditing(wanted.length === 0);
  };
  return (
    <>
      <Topbar crumbs={[{ label: "Brokers", href: brokersPath(cluster) }, { label: "Reassign replicas" }]}>
        <CopyLinkButton />
        <Steps current={plan === undefined || isByHand ? "Goal" : "Plan"} />
      </Topbar>
      <UnderWay />
      <GoalPicker
        goal={state.goal}
        onChoose={(chosen) => {
          setEditing(true);
          void setState({ goal: chosen });
        }}
      />
      <GoalOptions
        goal={state.goal}
        options={state}
        onChange={({ brokers, topics, partitions, factor }) =>
          void setState({
            ...(brokers && { brokers: [...brokers] }),
            ...(topics && { topics: [...topics], partitions: null }),
            ...(partitions !== undefined && { partitions }),
            ...(factor !== undefined && { factor }),
          })
        }
      />
      {goal === undefined ? (
        <Missing goal={state.goal} />
      ) : query.error && !query.isFetching ? (
        <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : plan === undefined ? (
        <TableSkeleton />
      ) : isByHand ? (
        <HandEditor
          key={`${state.topics.join()} ${state.partitions}`}
          current={plan.current}
          planned={assignments}
          onPlan={planByHand}
          onDirectories={setDirectories}
        />
      ) : (
        <>
          <PartialProblems problems={plan.problems} />
          <div className="flex min-h-0 flex-1 flex-col border-t @3xl:flex-row">
            <Moves
              plan={plan}
              goal={state.goal}
              hasDirectories={hasDirectories && state.goal === "by-hand"}
              onEdit={() => setEditing(true)}
            />
            <PlanSide
              plan={plan}
              throttle={state.throttle}
              batch={state.batch}
              onThrottle={(throttle) => void setState({ throttle })}
              onBatch={(batch) => void setState({ batch })}
            />
          </div>
          <DeskFooter
            plan={plan}
            isStale={query.isPlaceholderData || query.isFetching}
            pace={{ throttleBytesPerSecond: state.throttle, batchMoves: Math.max(1, state.batch) }}
            startReassignment={startReassignment}
            onAgain={() => void query.refetch()}
          />
        </>
      )}
    </>
  );
}

/** What holds when there is nothing to move. */
const reached: Readonly<Record<GoalType, string>> = {
  drain: "Nothing is on it that may be moved.",
  use: "No move would give it more without taking another below its share.",
  balance: "No move would make brokers more even; the last three percent of bytes are let be.",
  "replication-factor": "Every partition has that many copies. Choose another number above.",
  racks: "No rack holds two copies of a partition while another has none.",
  "by-hand": "Every partition is where it should be.",
};

type MovesProps = { plan: ReassignmentPlan; goal: GoalType; hasDirectories: boolean; onEdit: () => void };

function Moves({ plan, goal, hasDirectories, onEdit }: MovesProps) {
  const { moves, copyBytes } = plan;
  if (moves.length === 0)
    return (
      <EmptyState
        icon={<CircleCheck />}
        title="Nothing to move"
        actions={goal === "by-hand" && <Button onClick={onEdit}>Edit</Button>}
      >
        {plan.notes.find(({ severity }) => severity === "critical")?.text ?? reached[goal]}
      </EmptyState>
    );
  return (
    <section aria-label="Plan" className="flex min-h-40 min-w-0 flex-1 flex-col">
      <p className="flex shrink-0 items-baseline gap-2 px-6 py-2.5 tabular-nums">
        <b className="font-medium">{formatNumberOf(moves.length, "move")}</b>
        <span className="text-ink-muted">
          {copyBytes === 0 ? "no data is copied" : `${formatBytes(copyBytes)}, the least that does it`}
        </span>
        {hasDirectories && (
          <span className="min-w-0 truncate text-xs text-warn">
            The file’s log directories are left to the brokers; choose them on a broker’s Replicas.
          </span>
        )}
        {goal === "by-hand" && (
          <Button size="sm" className="ml-auto" onClick={onEdit}>
            Edit
          </Button>
        )}
      </p>
      <MovesTable key={plan.planId} moves={moves} brokers={plan.brokers} />
    </section>
  );
}

function Missing({ goal }: { goal: GoalType }) {
  return (
    <div className="flex min-h-0 flex-1 border-t">
      <EmptyState
        icon={<Shuffle />}
        title={goal === "drain" ? "Which broker should be empty?" : "Which broker should be used?"}
      >
        Choose one above. Nothing is moved before you have seen the plan.
      </EmptyState>
    </div>
  );
}

/** Moves that are under way already, whoever began them. */
function UnderWay() {
  const cluster = useCluster();
  const count = useQuery(activeMoveList(cluster)).data?.moves.length ?? 0;
  if (count === 0) return null;
  return (
    <p className="flex shrink-0 items-center gap-2.5 border-b bg-info-soft px-6 py-2">
      {formatNumberOf(count, "partition")} {count === 1 ? "is" : "are"} being moved now.
      <Link href={movesPath(cluster)} className="text-accent hover:underline">
        Watch
      </Link>
    </p>
  );
}
