import { problem } from "../../lib/problem.ts";
import type { Cluster } from "./cluster.ts";
import { JobFailed } from "./engine/jobs/job-kind.ts";

/** The cluster that a job works on; throws JobFailed when the console knows it no more. */
export function clusterOfJob(clusters: ReadonlyMap<string, Cluster>, slug: string): Cluster {
  const cluster = clusters.get(slug);
  if (cluster) return cluster;
  const detail = "The console was started with other clusters.";
  throw new JobFailed(problem({ code: "cluster-not-found", title: `There is no cluster ${slug}`, detail }));
}
