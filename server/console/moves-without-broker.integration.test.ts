import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCluster, type TestCluster } from "../broker/testing/start-cluster.ts";
import { describeTopic } from "../client/admin/topics.ts";
import { Changes } from "../testing/console-changes.ts";
import { clientOf, cluster, contextOf, good } from "../testing/console-context.ts";
import { appendBatch, makeTopic, textRecord } from "../testing/seed-topic.ts";
import { until } from "../testing/until.ts";
import { localUser } from "./actor.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { controlJob } from "./control-job.ts";
import { listThrottles } from "./list-throttles.ts";
import { planReassignment } from "./plan-reassignment.ts";
import { readMessages } from "./read-messages.ts";
import { listMoves } from "./read-reassignment.ts";
import { startReassignment } from "./reassign-partitions.ts";

const BATCHES = 4;

describe("a broker that dies in the middle of a move", () => {
  let running: TestCluster;
  let context: ConsoleContext;
  const changes = new Changes(() => context);

  beforeAll(async () => {
    running = await startCluster({ brokers: 3 });
    context = contextOf(running.bootstrap);
    context.engine.start();
  });
  afterAll(async () => {
    await closeContext(context);
    await running.stop();
  });

  const replicasOf = async (topic: string) =>
    (await describeTopic(clientOf(context), topic))?.partitions[0]?.replicaNodes ?? [];
  const job = (id: number) => context.engine.jobs.find(cluster, id);
  /** Undefined also in the moment in which the broker that is asked dies. */
  const moveOf = async (topic: string) => {
    const listed = await listMoves(context, localUser, { cluster });
    return listed.ok ? listed.value.moves.find((move) => move.topic === topic) : undefined;
  };
  const throttles = async () => {
    const { brokers, topics } = good(await listThrottles(context, localUser, { cluster }));
    const rates = Object.entries(brokers).filter(([, { leader, follower }]) => leader !== null || follower !== null);
    return { brokers: rates.map(([id]) => Number(id)), topics: Object.keys(topics) };
  };

  /** Moves a topic's one replica to another broker under a throttle that lets one batch through and then none for minutes; that broker dies. */
  async function moveToDying(topic: string) {
    const client = clientOf(context);
    await makeTopic(client, topic);
    for (let batch = 0; batch < BATCHES; batch += 1)
      await appendBatch(client, { topic, partition: 0 }, [textRecord(null, "x".repeat(300_000), Date.now())]);
    const [from = 0] = await replicasOf(topic);
    const to = (from % 3) + 1;
    const pace = { throttleBytesPerSecond: 1_000, batchMoves: 1 };
    const assignments = [{ topic, partition: 0, replicas: [to] }];
    const goal = { type: "by-hand" as const, assignments };
    const plan = good(
      await planReassignment(context, localUser, { cluster, goal, topics: [topic], partitions: [], ...pace }),
    );
    const fingerprint = plan.change?.fingerprint ?? "";
    const start = { cluster, planId: plan.planId, fingerprint, ...pace };
    const { jobId } = good(await startReassignment(context, localUser, start));
    await until(async () => (await moveOf(topic)) !== undefined);
    await running.stopBroker(to);
    await until(async () => (await moveOf(topic))?.away.includes(to) === true);
    expect(job(jobId)).toMatchObject({ state: "running", problem: null });
    const query = { from: "oldest" as const, limit: 10 };
    expect(good(await readMessages(context, localUser, { cluster, topic, query })).records).toHaveLength(BATCHES);
    return { from, to, jobId };
  }

  test("holds it up, and ends nothing: it goes on when the broker is back, and the throttle goes at its end", async () => {
    const topic = "dies.returns";
    const { from, to, jobId } = await moveToDying(topic);
    await running.startBroker(to);
    await until(async () => (await moveOf(topic))?.away.length === 0);
    const rate = { leader: "100000000", follower: "100000000" };
    await changes.make("change-throttles", { brokers: { [from]: rate, [to]: rate }, topics: {} });
    await context.engine.jobs.settled(jobId);
    expect(job(jobId)).toMatchObject({ state: "completed", problem: null });
    await expect.poll(() => replicasOf(topic)).toEqual([to]);
    await expect.poll(throttles).toEqual({ brokers: [], topics: [] });
  });

  test("is let go by a cancel: the replica stays where it was, the others lose the throttle, and which keeps it is told", async () => {
    const topic = "dies.stays";
    const { from, jobId } = await moveToDying(topic);
    good(await controlJob(context, localUser, { cluster, job: jobId, control: "cancel" }));
    await context.engine.jobs.settled(jobId);
    expect(job(jobId)).toMatchObject({ state: "cancelled" });
    await expect.poll(() => replicasOf(topic)).toEqual([from]);
    await expect.poll(throttles).toEqual({ brokers: [], topics: [] });
    expect(job(jobId)?.log.at(-1)?.text).toMatch(/1 broker that is away keeps it/);
  });
});
