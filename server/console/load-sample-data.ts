import * as z from "zod/mini";
import { createTopicCommand } from "../../lib/cli/topics.ts";
import type { ChangePlan } from "../../lib/contracts/changes.ts";
import type { LoadSampleDataInput } from "../../lib/contracts/overview.ts";
import { clusterSlug } from "../../lib/contracts/primitives.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { describeAllTopics } from "../client/admin/topics.ts";
import { defineChange } from "./change.ts";
import { readGroups } from "./read-groups.ts";
import { sampleJob } from "./sample-data/find-sample-job.ts";
import { SAMPLE_DATA } from "./sample-data/sample-job.ts";
import { sampleGroups, sampleTopics } from "./sample-data/sample-topics.ts";
import type { Scope, UseCase } from "./use-case.ts";

const changeInput = z.object({ cluster: clusterSlug });
type ChangeInput = z.infer<typeof changeInput>;

const topicNames = sampleTopics.map(({ name }) => name);
const groupIds = sampleGroups.map(({ groupId }) => groupId);
const perSecond = sampleTopics.reduce((sum, topic) => sum + topic.perSecond, 0);

/** Beginning the job that makes the sample topics and goes on producing to them. Never begun by the console itself. */
export const loadSampleDataChange = defineChange<ChangeInput, { readonly jobId: number }>({
  kind: "load-sample-data",
  input: changeInput,
  verb: () => "Load",
  failed: () => "Sample data was not loaded",
  target: () => ({ type: "cluster", name: "sample data" }),
  cli: (_, bootstrap) =>
    sampleTopics
      .map(({ name, partitions, configs }) =>
        createTopicCommand(bootstrap, { name, partitions, configs, replicationFactor: null }),
      )
      .join("\n"),
  plan: async (scope, _, title) => {
    const free = await checkNames(scope, title);
    if (!free.ok) return free;
    const impact = [
      { severity: "info" as const, text: `Makes the topics ${topicNames.join(", ")}.` },
      {
        severity: "info" as const,
        text: `Produces about ${formatNumberOf(Math.round(perSecond), "message")} a second until it is stopped.`,
      },
      {
        severity: "info" as const,
        text: `Reads them with the groups ${groupIds.join(" and ")}; the second is too slow and falls behind.`,
      },
    ];
    const after = Object.fromEntries(topicNames.map((name) => [name, "made"]));
    return succeed({ before: {}, after, impact, problems: [] });
  },
  act: async (scope, { cluster }, title) => {
    const free = await checkNames(scope, title);
    if (!free.ok) return free;
    const { id } = scope.context.engine.jobs.add({
      kind: SAMPLE_DATA,
      cluster,
      title: "Sample data",
      detail: topicNames.join(", "),
      actor: scope.actor.name,
      input: {},
    });
    return succeed({
      value: { jobId: id },
      before: {},
      after: {},
      summary: formatNumberOf(topicNames.length, "topic"),
      jobId: id,
    });
  },
  revert: ({ jobId }, { cluster }) => ({ kind: "control-job", input: { cluster, job: jobId ?? 0, control: "cancel" } }),
});

/** What loading sample data would do; refused when it is there, or its names are taken. */
export const planSampleData: UseCase<ChangeInput, ChangePlan> = loadSampleDataChange.planIt;

/** Loads sample data as the plan said. */
export const loadSampleData: UseCase<LoadSampleDataInput, { readonly jobId: number }> = (
  context,
  actor,
  { cluster, fingerprint },
) => loadSampleDataChange.actOn(context, actor, { cluster }, { fingerprint });

/** Nothing that is there may be mixed with samples, and nothing that was there be removed with them. */
async function checkNames({ context, cluster }: Scope, title: string): Promise<Result<null>> {
  const running = sampleJob(context.engine.jobs, cluster.options.id);
  if (running) {
    const detail = `It is there already: job ${running.id} is ${running.state}.`;
    return fail(
      problem({ code: "not-possible", title, detail, suggestion: "Stop that job first: it removes what it made." }),
    );
  }
  const [topics, { groups }] = await Promise.all([describeAllTopics(cluster.client), readGroups(cluster)]);
  const taken = [
    ...topics.filter(({ name }) => topicNames.includes(name ?? "")).map(({ name }) => `topic ${name ?? ""}`),
    ...groups.filter(({ groupId }) => groupIds.includes(groupId)).map(({ groupId }) => `group ${groupId}`),
  ];
  if (taken.length === 0) return succeed(null);
  const detail = `The cluster has ${taken.join(", ")} of its own. Sample data uses these names, and is removed by them.`;
  return fail(
    problem({ code: "not-possible", title, detail, suggestion: "Load it into another cluster, or delete them." }),
  );
}
