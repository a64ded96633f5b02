import { redirect } from "next/navigation";
import { currentActor } from "@/app/border/current-actor";
import { LastResort } from "@/components/feedback/last-resort";
import { overviewPath } from "@/lib/url";
import { consoleContext } from "@/server/console/context";
import { listClusters } from "@/server/console/list-clusters";

export default async function StartPage() {
  const clusters = await listClusters(consoleContext(), await currentActor(), {});
  if (clusters.ok && clusters.value.clusters.length > 0) redirect(overviewPath(clusters.value.defaultCluster));
  if (!clusters.ok) return <LastResort title={clusters.problem.title}>{clusters.problem.detail}</LastResort>;
  return (
    <LastResort title="No cluster is configured">
      Start the console with --bootstrap-server, or with its own platform.
    </LastResort>
  );
}
