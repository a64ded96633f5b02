import type { Metadata } from "next";
import { controlJob } from "@/app/actions/jobs";
import { Prefetched } from "@/app/(console)/prefetch";
import { JobsView } from "@/components/jobs/jobs-view";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { Topbar } from "@/components/shell/topbar";
import { jobList } from "@/lib/queries/jobs";
import { listJobs } from "@/server/console/list-jobs";

export const metadata: Metadata = { title: "Jobs" };

export default async function JobsPage({ params }: PageProps<"/[cluster]/jobs">) {
  const cluster = decodeURIComponent((await params).cluster);
  return (
    <Prefetched
      reads={[{ queryKey: jobList(cluster).queryKey, read: (context, actor) => listJobs(context, actor, { cluster }) }]}
    >
      <Topbar crumbs={[{ label: "Jobs" }]}>
        <CopyLinkButton />
      </Topbar>
      <JobsView controlJob={controlJob} />
    </Prefetched>
  );
}
