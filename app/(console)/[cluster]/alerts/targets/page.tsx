import type { Metadata } from "next";
import { deleteAlertTarget, saveAlertTarget, testAlertTarget } from "@/app/actions/alerts";
import { Prefetched } from "@/app/(console)/prefetch";
import { TargetsView } from "@/components/alerts/targets-view";
import { alertList } from "@/lib/queries/alerts";
import { listAlerts } from "@/server/console/list-alerts";

export const metadata: Metadata = { title: "Alert targets" };

export default async function AlertTargetsPage({ params }: PageProps<"/[cluster]/alerts/targets">) {
  const cluster = decodeURIComponent((await params).cluster);
  return (
    <Prefetched
      reads={[
        { queryKey: alertList(cluster).queryKey, read: (context, actor) => listAlerts(context, actor, { cluster }) },
      ]}
    >
      <TargetsView actions={{ deleteAlertTarget, saveAlertTarget, testAlertTarget }} />
    </Prefetched>
  );
}
