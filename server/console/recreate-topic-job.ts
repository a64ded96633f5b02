import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import { createTopicCommand } from "../../lib/cli/topics.ts";
import { topicName } from "../../lib/contracts/primitives.ts";
import { problem } from "../../lib/problem.ts";
import { createTopics, deleteTopics, describeTopic } from "../client/admin/topics.ts";
import { describeKafkaError } from "../client/kafka-error.ts";
import type { Cluster } from "./cluster.ts";
import { JobFailed, jobKind, type JobRun } from "./engine/jobs/job-kind.ts";
import { clusterOfJob } from "./job-cluster.ts";
import { kafkaProblem } from "./to-problem.ts";

export const RECREATE_TOPIC = "recreate-topic";

const LOOK_AGAIN_MS = 100;
/** A cluster may take this long to forget a topic. */
const GONE_LIMIT_MS = 60_000;

const spec = z.object({
  topic: topicName,
  /** Only this topic is deleted; null where the cluster has no ids. */
  topicId: z.nullable(z.string()),
  partitions: z.int(),
  replicationFactor: z.int(),
  configs: z.record(z.string(), z.string()),
});
type Spec = z.infer<typeof spec>;

const checkpointSchema = z.object({ isDeleted: z.boolean() });
type Checkpoint = z.infer<typeof checkpointSchema>;

const progress = (done: number, note: string) => ({ done, total: 2, unit: "steps", note });

/** The job that deletes a topic and makes it anew with the same partitions, replicas and configs: a job, so that the second half comes even when the console dies after the first. */
export function recreateTopicKind(clusters: ReadonlyMap<string, Cluster>) {
  return jobKind<Spec, Checkpoint>({
    kind: RECREATE_TOPIC,
    input: spec,
    checkpoint: checkpointSchema,
    unit: "steps",
    cancelMeans: null,
    async run({ cluster: slug, input, checkpoint }, run) {
      const cluster = clusterOfJob(clusters, slug);
      if (checkpoint?.isDeleted !== true) await remove(cluster, input, run);
      run.checkpoint({ isDeleted: true }, progress(1, "makes it anew"), { isDurable: true });
      await make(cluster, input, run);
      cluster.forgetTopics();
      run.checkpoint({ isDeleted: true }, progress(2, "done"));
    },
  });
}

async function remove(cluster: Cluster, { topic, topicId }: Spec, run: JobRun<Checkpoint>): Promise<void> {
  run.checkpoint({ isDeleted: false }, progress(0, "deletes it"), { isDurable: true });
  const isThere = async () => {
    const found = await describeTopic(cluster.client, topic);
    return found?.errorCode === 0 && (topicId === null || found.topicId === topicId);
  };
  if (!(await isThere())) return;
  const [answer] = await deleteTopics(cluster.client, [topic]);
  if (answer === undefined || answer.errorCode !== 0) {
    const needs = { operation: "Delete", resource: { topic } };
    const attempt = { title: `Topic ${topic} was not deleted`, needs, identity: cluster.identity };
    throw new JobFailed(kafkaProblem(answer?.errorCode ?? -1, answer?.message ?? null, attempt));
  }
  run.log(`Deleted ${topic}.`);
  const limitMs = performance.now() + GONE_LIMIT_MS;
  while ((await isThere()) && performance.now() < limitMs) {
    run.checkpoint({ isDeleted: false }, progress(0, "waits until it is gone"));
    await pause(LOOK_AGAIN_MS);
  }
}

async function make(cluster: Cluster, input: Spec, run: JobRun<Checkpoint>): Promise<void> {
  const { topic: name, partitions, replicationFactor, configs } = input;
  const wanted = { name, partitions, replicationFactor, configs: new Map(Object.entries(configs)) };
  const [answer] = await createTopics(cluster.client, [wanted]);
  const errorCode = answer?.errorCode ?? -1;
  if (errorCode === 0) {
    run.log(`Made ${name} with ${partitions} partitions of ${replicationFactor} replicas.`);
    return;
  }
  const title = `Topic ${name} was deleted, but not made anew`;
  const command: [string, string] = [
    "make it by hand",
    createTopicCommand(cluster.options.bootstrap, newTopicOf(input)),
  ];
  if (describeKafkaError(errorCode).name === "TOPIC_ALREADY_EXISTS") {
    const detail =
      "Somebody else made a topic of this name in between: brokers do so by themselves when a client asks for it (auto.create.topics.enable).";
    throw new JobFailed(
      problem({
        code: "topic-exists",
        title,
        detail,
        suggestion: "Stop its clients, delete the topic, and make it with the command below.",
        facts: [command],
      }),
    );
  }
  const needs = { operation: "Create", resource: { topic: name } };
  const failure = kafkaProblem(errorCode, answer?.errorMessage ?? null, {
    title,
    needs,
    facts: [command],
    identity: cluster.identity,
  });
  throw new JobFailed(failure);
}

function newTopicOf({ topic, ...rest }: Spec) {
  return { name: topic, ...rest };
}
