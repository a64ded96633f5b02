import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { controlJob } from "@/app/actions/jobs";
import { Prefetched } from "@/app/(console)/prefetch";
import { RunView } from "@/components/reassign/run-view";
import { reassignmentJob } from "@/lib/queries/reassignment";
import { readReassignment } from "@/server/console/read-reassignment";

export const metadata: Metadata = { title: "Moves" };

export default async function RunPage({ params }: PageProps<"/[cluster]/brokers/moves/[job]">) {
  const { cluster: slug, job } = await params;
  if (!/^\d{1,15}$/.test(job)) notFound();
  const place = { cluster: decodeURIComponent(slug), job: Number(job) };
  return (
    <Prefetched
      reads={[
        {
          queryKey: reassignmentJob(place.cluster, place.job).queryKey,
          read: (context, actor) => readReassignment(context, actor, place),
        },
      ]}
    >
      <RunView job={place.job} controlJob={controlJob} />
    </Prefetched>
  );
}
