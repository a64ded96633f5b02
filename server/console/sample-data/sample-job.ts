import { setTimeout as pause } from "node:timers/promises";
import { type Consumer, type Kafka, Partitioners, type Producer } from "kafkajs";
import * as z from "zod/mini";
import { deleteGroup } from "../../client/admin/delete-groups.ts";
import { createTopics, deleteTopics } from "../../client/admin/topics.ts";
import { describeKafkaError } from "../../client/kafka-error.ts";
import type { Cluster } from "../cluster.ts";
import { JobFailed, jobKind, type JobRun } from "../engine/jobs/job-kind.ts";
import { clusterOfJob } from "../job-cluster.ts";
import { kafkaProblem } from "../to-problem.ts";
import { sampleRecord } from "./sample-records.ts";
import { type SampleGroup, sampleGroups, type SampleTopic, sampleTopics } from "./sample-topics.ts";

const CLIENT_ID = "odradek-sample-data";
/** Between two batches: often enough to look alive, seldom enough to cost nothing. */
const TICK_MS = 500;
/** What a group fetches of a partition at once. */
const FETCH_BYTES = 4_096;
/** A cluster that is away comes back: the generator waits this long between attempts. */
const RETRY_MS = 2_000;
/** Groups may still have members for a moment after their consumers left. */
const GROUP_ATTEMPTS = 20;
/** A group that does not start in this many attempts is not allowed to, or the cluster is broken. */
const START_ATTEMPTS = 10;

const checkpointSchema = z.object({
  /** Topics that this job made, or was about to make: it removes these and no others. */
  topics: z.array(z.string()),
  /** Likewise its groups. */
  groups: z.array(z.string()),
  /** Records produced so far, by topic: keys and ids go on from there. */
  produced: z.record(z.string(), z.number()),
});
type Checkpoint = z.infer<typeof checkpointSchema>;

export const SAMPLE_DATA = "sample-data";
const unit = "records";

/** The job that makes the sample topics and goes on producing to them and reading from them until it is cancelled; then it removes what it made. */
export function sampleDataKind(clusters: ReadonlyMap<string, Cluster>) {
  return jobKind<object, Checkpoint>({
    kind: SAMPLE_DATA,
    input: z.object({}),
    checkpoint: checkpointSchema,
    unit,
    cancelMeans: `Removes the topics ${sampleTopics.map(({ name }) => name).join(", ")} and the groups ${sampleGroups.map(({ groupId }) => groupId).join(", ")}.`,
    async run(job, run) {
      const cluster = clusterOfJob(clusters, job.cluster);
      const state: Checkpoint = job.checkpoint ?? { topics: [], groups: [], produced: {} };
      for (const topic of sampleTopics) await makeTopic(cluster, topic, state, run);
      state.groups = sampleGroups.map(({ groupId }) => groupId);
      tell(state, run, { isDurable: true });
      const kafka = cluster.application(CLIENT_ID);
      const consumers = await startGroups(kafka, state, run);
      const producer = kafka.producer({
        allowAutoTopicCreation: false,
        createPartitioner: Partitioners.DefaultPartitioner,
      });
      try {
        await produceUntilStopped(producer, state, run);
      } finally {
        await leave([producer, ...consumers]);
      }
    },
    async undo({ cluster: slug, checkpoint }, log) {
      const cluster = clusterOfJob(clusters, slug);
      await removeGroups(cluster, checkpoint?.groups ?? [], log);
      await removeTopics(cluster, checkpoint?.topics ?? [], log);
      cluster.forgetTopics();
    },
  });
}

/** Writes down that it is about to make the topic, then makes it: after a kill in between it is still known as ours. */
async function makeTopic(
  cluster: Cluster,
  topic: SampleTopic,
  state: Checkpoint,
  run: JobRun<Checkpoint>,
): Promise<void> {
  const { name, partitions, configs } = topic;
  const isOurs = state.topics.includes(name);
  if (!isOurs) state.topics.push(name);
  tell(state, run, { isDurable: true });
  const [answer] = await createTopics(cluster.client, [
    { name, partitions, replicationFactor: -1, configs: new Map(Object.entries(configs)) },
  ]);
  cluster.forgetTopics();
  const errorCode = answer?.errorCode ?? -1;
  if (errorCode === 0) {
    run.log(`Made topic ${name}.`);
    return;
  }
  const isThere = describeKafkaError(errorCode).name === "TOPIC_ALREADY_EXISTS";
  if (isThere && isOurs) return;
  state.topics = state.topics.filter((own) => own !== name);
  tell(state, run, { isDurable: true });
  const title = `Topic ${name} was not made`;
  const needs = { operation: "Create", resource: { topic: name } };
  throw new JobFailed(
    kafkaProblem(errorCode, answer?.errorMessage ?? null, { title, needs, identity: cluster.identity }),
  );
}

/** Starts all groups, or none. A cluster that has just made the topics may not know them everywhere yet: it is asked again. */
async function startGroups(kafka: Kafka, state: Checkpoint, run: JobRun<Checkpoint>): Promise<readonly Consumer[]> {
  const started: Consumer[] = [];
  try {
    for (const group of sampleGroups) started.push(await startGroup(kafka, group, state, run));
    return started;
  } catch (error) {
    await leave(started);
    throw error;
  }
}

async function startGroup(
  kafka: Kafka,
  { groupId, topics, millisecondsEach }: SampleGroup,
  state: Checkpoint,
  run: JobRun<Checkpoint>,
): Promise<Consumer> {
  for (let attempt = 1; ; attempt += 1) {
    // A slow group takes little of each partition, so that it falls behind on all of them and stands still on none.
    const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false, maxBytesPerPartition: FETCH_BYTES });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics], fromBeginning: true });
      await consumer.run({
        autoCommitInterval: 2_000,
        eachMessage: async () => {
          if (millisecondsEach > 0) await pause(millisecondsEach);
        },
      });
      return consumer;
    } catch (error) {
      await leave([consumer]);
      if (attempt >= START_ATTEMPTS) throw error;
      if (attempt === 1)
        run.log(`Group ${groupId} did not start at once: ${error instanceof Error ? error.message : String(error)}`);
    }
    await sleep(RETRY_MS, run.signal);
    tell(state, run, { note: `waits for group ${groupId}` });
  }
}

/** Ends by throwing JobStopped out of `checkpoint`. A cluster that is away is waited for. */
async function produceUntilStopped(producer: Producer, state: Checkpoint, run: JobRun<Checkpoint>): Promise<never> {
  let isConnected = false;
  let isAway = false;
  const owed = new Map<string, number>();
  for (;;) {
    try {
      if (!isConnected) await producer.connect();
      isConnected = true;
      await produceOnce(producer, state, owed);
      if (isAway) run.log("The cluster is back.");
      isAway = false;
    } catch (error) {
      if (!isAway) run.log(`Waits for the cluster: ${error instanceof Error ? error.message : String(error)}`);
      isAway = true;
    }
    tell(state, run, { note: isAway ? "waits for the cluster" : null });
    await sleep(isAway ? RETRY_MS : TICK_MS, run.signal);
    tell(state, run, { note: isAway ? "waits for the cluster" : null });
  }
}

/** Sends one tick's records of every topic. Fractions are carried on, so that half a record a second comes to one in two seconds. */
async function produceOnce(producer: Producer, state: Checkpoint, owed: Map<string, number>): Promise<void> {
  const nowMs = Date.now();
  const topicMessages = sampleTopics.map(({ name, perSecond }) => {
    const due = (owed.get(name) ?? 0) + (perSecond * TICK_MS) / 1_000;
    const count = Math.floor(due);
    owed.set(name, due - count);
    const first = state.produced[name] ?? 0;
    const messages = Array.from({ length: count }, (_, index) => {
      const { key, value, headers } = sampleRecord(name, first + index, nowMs, Math.random);
      return { key, value, headers: { ...headers }, timestamp: String(nowMs) };
    });
    return { topic: name, messages };
  });
  await producer.sendBatch({ acks: -1, topicMessages: topicMessages.filter(({ messages }) => messages.length > 0) });
  for (const { topic, messages } of topicMessages)
    state.produced[topic] = (state.produced[topic] ?? 0) + messages.length;
}

type Telling = { readonly isDurable?: boolean; readonly note?: string | null };

function tell(state: Checkpoint, run: JobRun<Checkpoint>, { isDurable = false, note = null }: Telling): void {
  const done = Object.values(state.produced).reduce((sum, count) => sum + count, 0);
  const kept = { topics: [...state.topics], groups: [...state.groups], produced: { ...state.produced } };
  run.checkpoint(kept, { done, total: null, unit, note }, { isDurable });
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  // Aborted: the next checkpoint ends the job.
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
}

async function leave(clients: readonly (Producer | Consumer)[]): Promise<void> {
  // A client that cannot say goodbye leaves by its session's end.
  await Promise.all(clients.map((client) => client.disconnect().catch(() => undefined)));
}

async function removeGroups(
  { client, identity }: Cluster,
  groups: readonly string[],
  log: (text: string) => void,
): Promise<void> {
  for (const groupId of groups) {
    let errorCode = await deleteGroup(client, groupId);
    for (let attempt = 1; nameOf(errorCode) === "NON_EMPTY_GROUP" && attempt < GROUP_ATTEMPTS; attempt += 1) {
      await pause(TICK_MS);
      errorCode = await deleteGroup(client, groupId);
    }
    if (errorCode === 0) log(`Removed group ${groupId}.`);
    else if (nameOf(errorCode) !== "GROUP_ID_NOT_FOUND") {
      const needs = { operation: "Delete", resource: { group: groupId } };
      throw new JobFailed(
        kafkaProblem(errorCode, null, { title: `Group ${groupId} was not removed`, needs, identity }),
      );
    }
  }
}

async function removeTopics(
  { client, identity }: Cluster,
  topics: readonly string[],
  log: (text: string) => void,
): Promise<void> {
  if (topics.length === 0) return;
  for (const { name, errorCode, message } of await deleteTopics(client, topics)) {
    if (errorCode === 0) log(`Removed topic ${name}.`);
    else if (nameOf(errorCode) !== "UNKNOWN_TOPIC_OR_PARTITION") {
      const needs = { operation: "Delete", resource: { topic: name } };
      throw new JobFailed(
        kafkaProblem(errorCode, message, { title: `Topic ${name} was not removed`, needs, identity }),
      );
    }
  }
}

function nameOf(errorCode: number): string {
  return describeKafkaError(errorCode).name;
}
