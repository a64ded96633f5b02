"use client";
import { Crown, Shuffle } from "lucide-react";
import { useRouter } from "next/navigation";
import { AbleButton } from "@/components/changes/able-button";
import { useAskForChange } from "@/components/changes/change-context";
import { useCluster } from "@/components/live/live-provider";
import { preferredElection, uncleanElection } from "@/components/partitions/elections";
import type { PartitionDetail } from "@/lib/contracts/partitions";
import { reassignPath } from "@/lib/operate-url";

type Props = {
  topic: string;
  rows: readonly PartitionDetail[];
  /** What a filter left of them: moving is for these. */
  shown: readonly PartitionDetail[];
};

/** Electing leaders of a topic, and moving its replicas. A leader that lacks messages is offered only where nobody leads. */
export function PartitionActions({ topic, rows, shown }: Props) {
  const cluster = useCluster();
  const router = useRouter();
  const change = useAskForChange();
  const isSome = shown.length > 0 && shown.length < rows.length;
  const chosen = isSome ? { partitions: shown.map(({ partition }) => partition) } : {};
  const leaderless = rows.filter(({ leader }) => leader === null).map(({ partition }) => ({ topic, partition }));
  return (
    <>
      {leaderless.length > 0 && (
        <AbleButton ability="electLeaders" onClick={() => change(uncleanElection(topic, leaderless))}>
          <Crown />
          Elect uncleanly…
        </AbleButton>
      )}
      <AbleButton ability="electLeaders" onClick={() => change(preferredElection([topic]))}>
        <Crown />
        Elect leaders…
      </AbleButton>
      <AbleButton ability="reassign" onClick={() => router.push(reassignPath(cluster, { topics: [topic], ...chosen }))}>
        <Shuffle />
        Reassign{isSome && ` ${shown.length}`}…
      </AbleButton>
    </>
  );
}
