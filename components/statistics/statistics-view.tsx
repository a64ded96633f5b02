"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ChartColumn } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "@/components/feedback/empty-state";
import { ProblemNote } from "@/components/feedback/problem-note";
import { ProblemView } from "@/components/feedback/problem-view";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { useCluster } from "@/components/live/live-provider";
import { StatisticsFigures } from "@/components/statistics/statistics-figures";
import { Button, buttonLook } from "@/components/ui/button";
import { callAction } from "@/lib/call-action";
import type { StartStatisticsInput, StatisticsStatus } from "@/lib/contracts/statistics";
import { formatInteger } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { topicStatistics } from "@/lib/queries/statistics";
import type { Result } from "@/lib/result";
import { jobsPath } from "@/lib/url";

/** The server action that begins the job. */
export type StartStatistics = (input: StartStatisticsInput) => Promise<Result<StatisticsStatus>>;

/** What a whole topic is made of, counted by a job that outlives the page. */
export function StatisticsView({ topic, startStatistics }: { topic: string; startStatistics: StartStatistics }) {
  const cluster = useCluster();
  const client = useQueryClient();
  const options = topicStatistics(cluster, topic);
  const query = useQuery(options);
  const start = useMutation({
    mutationFn: () => callAction(startStatistics, { cluster, topic }),
    onSuccess: (status) => client.setQueryData(options.queryKey, status),
  });
  if (query.error) return <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />;
  if (!query.data) return <TableSkeleton />;
  const { job, statistics } = query.data;
  const isUnderWay = job !== null && ["queued", "running", "pausing", "paused"].includes(job.state);
  const button = (
    <Button
      variant={job === null ? "primary" : "outline"}
      disabled={isUnderWay || start.isPending}
      onClick={() => start.mutate()}
    >
      {job === null ? "Count this topic" : "Count again"}
    </Button>
  );
  if (job === null)
    return (
      <section aria-label="Statistics" className="flex min-h-0 flex-1 flex-col border-t">
        {start.error && <ProblemNote problem={problemOf(start.error)} />}
        <EmptyState icon={<ChartColumn />} title="Nothing was counted yet" actions={button}>
          A job reads every message once: sizes, keys, hours, partitions, compression. It goes on when this page is
          closed.
        </EmptyState>
      </section>
    );
  return (
    <section aria-label="Statistics" className="min-h-0 flex-1 scroll-thin overflow-auto border-t">
      <div className="flex items-center gap-3 px-6 py-2.5 text-sm">
        <span role="status" className="flex-1 text-ink-muted">
          {job.state === "completed"
            ? `All ${formatInteger(job.progress.done)} offsets were read.`
            : `${job.state}: ${formatInteger(job.progress.done)} of ${formatInteger(job.progress.total ?? 0)} offsets read.`}
        </span>
        <Link href={jobsPath(cluster, job.id)} className={buttonLook({ variant: "ghost" })}>
          Job {job.id}
        </Link>
        {button}
      </div>
      {job.problem && <ProblemNote problem={job.problem} />}
      {start.error && <ProblemNote problem={problemOf(start.error)} />}
      {statistics && <StatisticsFigures statistics={statistics} />}
    </section>
  );
}
