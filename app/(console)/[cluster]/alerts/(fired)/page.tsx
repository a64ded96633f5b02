import type { Metadata } from "next";
import { Prefetched } from "@/app/(console)/prefetch";
import { FiredView } from "@/components/alerts/fired-view";
import { alertList } from "@/lib/queries/alerts";
import { listAlerts } from "@/server/console/list-alerts";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage({ params }: PageProps<"/[cluster]/alerts">) {
  const cluster = decodeURIComponent((await params).cluster);
  return (
    <Prefetched
      reads={[
        { queryKey: alertList(cluster).queryKey, read: (context, actor) => listAlerts(context, actor, { cluster }) },
      ]}
    >
      <FiredView />
    </Prefetched>
  );
}
