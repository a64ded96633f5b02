import type { Metadata } from "next";
import { Prefetched } from "@/app/(console)/prefetch";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { Topbar } from "@/components/shell/topbar";
import { TopologyView } from "@/components/topology/topology-view";
import { topology } from "@/lib/queries/topology";
import { readTopology } from "@/server/console/read-topology";

export const metadata: Metadata = { title: "Topology" };

export default async function TopologyPage({ params }: PageProps<"/[cluster]/topology">) {
  const cluster = decodeURIComponent((await params).cluster);
  return (
    <Prefetched
      reads={[
        { queryKey: topology(cluster).queryKey, read: (context, actor) => readTopology(context, actor, { cluster }) },
      ]}
    >
      <Topbar crumbs={[{ label: "Topology" }]}>
        <CopyLinkButton />
      </Topbar>
      <TopologyView />
    </Prefetched>
  );
}
