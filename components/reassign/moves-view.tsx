"use client";
import { useQuery } from "@tanstack/react-query";
import { Shuffle, Undo2 } from "lucide-react";
import Link from "next/link";
import { AbleButton } from "@/components/changes/able-button";
import { useAskForChange } from "@/components/changes/change-context";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { ActiveMovesTable } from "@/components/reassign/active-moves-table";
import { DirectoryMovesTable } from "@/components/reassign/directory-moves-table";
import { CopyCommandButton } from "@/components/shell/copy-command-button";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { Topbar } from "@/components/shell/topbar";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { PageFooter } from "@/components/ui/page-footer";
import { listReassignmentsCommand } from "@/lib/cli/reassignment";
import type { ActiveMoves } from "@/lib/contracts/reassignment";
import { formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { activeMoveList } from "@/lib/queries/reassignment";
import { reassignPath } from "@/lib/operate-url";
import { brokersPath } from "@/lib/url";

/** Every partition that is being moved, by this console or by others. */
export function MovesView() {
  const cluster = useCluster();
  const query = useQuery(activeMoveList(cluster));
  return (
    <>
      <Topbar crumbs={[{ label: "Brokers", href: brokersPath(cluster) }, { label: "Moves under way" }]}>
        <CopyLinkButton />
        <CopyCommandButton command={listReassignmentsCommand(useBootstrap())} />
        {query.data && query.data.moves.length > 0 && <CancelAll moves={query.data.moves} />}
      </Topbar>
      {query.data ? (
        <>
          <StaleBanner query={query} readAtMs={query.data.readAtMs} />
          <PartialProblems problems={query.data.problems} />
          <Moves list={query.data} />
        </>
      ) : query.error ? (
        <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <TableSkeleton />
      )}
    </>
  );
}

function Moves({ list: { moves, directories, readAtMs } }: { list: ActiveMoves }) {
  const cluster = useCluster();
  if (moves.length === 0 && directories.length === 0)
    return (
      <EmptyState
        icon={<Shuffle />}
        title="No partition is being moved"
        actions={
          <Link href={reassignPath(cluster)} className="text-accent hover:underline">
            Plan moves
          </Link>
        }
      >
        Moves that anybody begins, here or with kafka-reassign-partitions.sh, appear here.
      </EmptyState>
    );
  return (
    <section aria-label="Moves under way" className="flex min-h-0 flex-1 flex-col">
      {moves.length > 0 && <ActiveMovesTable moves={moves} />}
      {directories.length > 0 && <DirectoryMovesTable moves={directories} />}
      <PageFooter fresh={<UpdatedAgo atMs={readAtMs} />}>
        {formatNumberOf(moves.length, "partition")} between brokers
        {directories.length > 0 && ` · ${formatNumberOf(directories.length, "replica")} between log directories`}
      </PageFooter>
    </section>
  );
}

function CancelAll({ moves }: Pick<ActiveMoves, "moves">) {
  const change = useAskForChange();
  const partitions = moves.map(({ topic, partition }) => ({ topic, partition }));
  return (
    <AbleButton
      ability="reassign"
      className="ml-1"
      onClick={() =>
        change({
          kind: "cancel-moves",
          input: { partitions },
          title: `Take back ${formatNumberOf(partitions.length, "move")}?`,
          description: "A job of this console that made them goes on with its next batch: cancel the job instead.",
          confirm: "Take back",
          pending: "Taking back…",
          isDanger: true,
          hasDiff: partitions.length <= 20,
        })
      }
    >
      <Undo2 />
      Take back…
    </AbleButton>
  );
}
