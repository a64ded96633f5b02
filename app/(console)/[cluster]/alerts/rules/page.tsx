import type { Metadata } from "next";
import { deleteAlertRule, saveAlertRule, silenceAlertRule } from "@/app/actions/alerts";
import { Prefetched } from "@/app/(console)/prefetch";
import { RulesView } from "@/components/alerts/rules-view";
import { alertList } from "@/lib/queries/alerts";
import { listAlerts } from "@/server/console/list-alerts";

export const metadata: Metadata = { title: "Alert rules" };

export default async function AlertRulesPage({ params }: PageProps<"/[cluster]/alerts/rules">) {
  const cluster = decodeURIComponent((await params).cluster);
  return (
    <Prefetched
      reads={[
        { queryKey: alertList(cluster).queryKey, read: (context, actor) => listAlerts(context, actor, { cluster }) },
      ]}
    >
      <RulesView actions={{ deleteAlertRule, saveAlertRule, silenceAlertRule }} />
    </Prefetched>
  );
}
