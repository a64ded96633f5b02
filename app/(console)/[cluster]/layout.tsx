import { notFound } from "next/navigation";
import { makeChange } from "@/app/actions/changes";
import { currentActor } from "@/app/border/current-actor";
import { Prefetched } from "@/app/(console)/prefetch";
import { Shell } from "@/components/shell/shell";
import { clusterFacts } from "@/lib/queries/clusters";
import { consoleContext } from "@/server/console/context";
import { describeCluster } from "@/server/console/describe-cluster";
import { listClusters } from "@/server/console/list-clusters";

export default async function ClusterLayout({ params, children }: LayoutProps<"/[cluster]">) {
  const slug = decodeURIComponent((await params).cluster);
  const clusters = await listClusters(consoleContext(), await currentActor(), {});
  const cluster = clusters.ok ? clusters.value.clusters.find((entry) => entry.slug === slug) : undefined;
  if (cluster === undefined) notFound();
  return (
    <Prefetched
      reads={[
        {
          queryKey: clusterFacts(slug).queryKey,
          read: (context, actor) => describeCluster(context, actor, { cluster: slug }),
        },
      ]}
    >
      <Shell cluster={cluster} makeChange={makeChange}>
        {children}
      </Shell>
    </Prefetched>
  );
}
