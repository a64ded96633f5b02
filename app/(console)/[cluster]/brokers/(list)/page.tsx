import type { Metadata } from "next";
import { Prefetched } from "@/app/(console)/prefetch";
import { BrokersView } from "@/components/brokers/brokers-view";
import { brokerList } from "@/lib/queries/brokers";
import { listBrokers } from "@/server/console/list-brokers";

export const metadata: Metadata = { title: "Brokers" };

export default async function BrokersPage({ params }: PageProps<"/[cluster]/brokers">) {
  const cluster = decodeURIComponent((await params).cluster);
  return (
    <Prefetched
      reads={[
        { queryKey: brokerList(cluster).queryKey, read: (context, actor) => listBrokers(context, actor, { cluster }) },
      ]}
    >
      <BrokersView />
    </Prefetched>
  );
}
