import type { Metadata } from "next";
import { Prefetched } from "@/app/(console)/prefetch";
import { QuotasView } from "@/components/quotas/quotas-view";
import { quotaList } from "@/lib/queries/operations";
import { listQuotas } from "@/server/console/change-quotas";

export const metadata: Metadata = { title: "Quotas" };

export default async function QuotasPage({ params }: PageProps<"/[cluster]/quotas">) {
  const cluster = decodeURIComponent((await params).cluster);
  return (
    <Prefetched
      reads={[
        { queryKey: quotaList(cluster).queryKey, read: (context, actor) => listQuotas(context, actor, { cluster }) },
      ]}
    >
      <QuotasView />
    </Prefetched>
  );
}
