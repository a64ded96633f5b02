"use client";
import { ArchiveRestore } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCluster } from "@/components/live/live-provider";
import { Button } from "@/components/ui/button";
import type { JobDetail } from "@/lib/contracts/jobs";
import { clusterApi } from "@/lib/queries/read-result";
import { jobsPath } from "@/lib/url";

const RestoreTopicDialog = dynamic(
  () => import("@/components/jobs/restore-topic-dialog").then((module) => module.RestoreTopicDialog),
  { ssr: false },
);

/** What a job that has saved a topic left: the file, and the way back from it. */
export function SavedTopic({ job: { id, detail } }: { job: Pick<JobDetail, "id" | "detail"> }) {
  const cluster = useCluster();
  const router = useRouter();
  const [isRestoring, setRestoring] = useState(false);
  return (
    <div className="flex items-center gap-3 border-t px-4 py-3">
      <a
        href={`${clusterApi(cluster, "jobs", String(id))}/file`}
        className="min-w-0 flex-1 truncate text-accent underline"
      >
        Download {detail}.jsonl.gz
      </a>
      <Button size="sm" onClick={() => setRestoring(true)}>
        <ArchiveRestore />
        Restore…
      </Button>
      {isRestoring && (
        <RestoreTopicDialog
          job={id}
          topic={detail}
          onClose={() => setRestoring(false)}
          onRestoring={(job) => router.push(jobsPath(cluster, job))}
        />
      )}
    </div>
  );
}
