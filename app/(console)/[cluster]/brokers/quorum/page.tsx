import type { Metadata } from "next";
import { Prefetched } from "@/app/(console)/prefetch";
import { QuorumView } from "@/components/brokers/quorum-view";
import { clusterQuorum } from "@/lib/queries/operations";
import { readQuorum } from "@/server/console/read-quorum";

export const metadata: Metadata = { title: "Quorum and features" };

export default async function QuorumPage({ params }: PageProps<"/[cluster]/brokers/quorum">) {
  const cluster = decodeURIComponent((await params).cluster);
  return (
    <Prefetched
      reads={[
        {
          queryKey: clusterQuorum(cluster).queryKey,
          read: (context, actor) => readQuorum(context, actor, { cluster }),
        },
      ]}
    >
      <QuorumView />
    </Prefetched>
  );
}
