import type { Metadata } from "next";
import { Prefetched } from "@/app/(console)/prefetch";
import { MovesView } from "@/components/reassign/moves-view";
import { activeMoveList } from "@/lib/queries/reassignment";
import { listMoves } from "@/server/console/read-reassignment";

export const metadata: Metadata = { title: "Moves under way" };

export default async function MovesPage({ params }: PageProps<"/[cluster]/brokers/moves">) {
  const cluster = decodeURIComponent((await params).cluster);
  return (
    <Prefetched
      reads={[
        {
          queryKey: activeMoveList(cluster).queryKey,
          read: (context, actor) => listMoves(context, actor, { cluster }),
        },
      ]}
    >
      <MovesView />
    </Prefetched>
  );
}
