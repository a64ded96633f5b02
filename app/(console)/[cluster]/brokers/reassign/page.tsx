import type { Metadata } from "next";
import { startReassignment } from "@/app/actions/reassignment";
import { Prefetched } from "@/app/(console)/prefetch";
import { ReassignView } from "@/components/reassign/reassign-view";
import { brokerList } from "@/lib/queries/brokers";
import { listBrokers } from "@/server/console/list-brokers";

export const metadata: Metadata = { title: "Reassign replicas" };

export default async function ReassignPage({ params }: PageProps<"/[cluster]/brokers/reassign">) {
  const cluster = decodeURIComponent((await params).cluster);
  return (
    <Prefetched
      reads={[
        { queryKey: brokerList(cluster).queryKey, read: (context, actor) => listBrokers(context, actor, { cluster }) },
      ]}
    >
      <ReassignView startReassignment={startReassignment} />
    </Prefetched>
  );
}
