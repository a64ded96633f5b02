import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { journalQuery } from "../../lib/contracts/journal.ts";
import { startCluster, type TestCluster } from "../broker/testing/start-cluster.ts";
import { describeTopic } from "../client/admin/topics.ts";
import { Changes } from "../testing/console-changes.ts";
import { clientOf, cluster, contextOf, good } from "../testing/console-context.ts";
import { appendBatch, makeTopic, textRecord } from "../testing/seed-topic.ts";
import { until } from "../testing/until.ts";
import { localUser } from "./actor.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { changeThrottlesChange } from "./change-throttles.ts";
import { controlJob } from "./control-job.ts";
import { listJournal } from "./list-journal.ts";
import { listThrottles } from "./list-throttles.ts";
import { planReassignment } from "./plan-reassignment.ts";
import { readMessages } from "./read-messages.ts";
import { listMoves, readReassignment } from "./read-reassignment.ts";
import { REASSIGN } from "./reassign/reassign-job.ts";
import { readThrottles } from "./reassign/throttles.ts";
import { startReassignment } from "./reassign-partitions.ts";

const BATCHES = 4;

describe("a broker that dies in the middle of a move", () => {
  let running: TestCluster;
  let context: ConsoleContext;
  const changes = new Changes(() => context);

  const dataDirectory = mkdtempSync(join(tmpdir(), "odradek-moves-"));
  const startConsole = () => {
    context = contextOf(running.bootstrap, {}, dataDirectory);
    context.engine.start();
  };
  const startConsoleAnew = async () => {
    await closeContext(context);
    startConsole();
  };

  beforeAll(async () => {
    running = await startCluster({ brokers: 3 });
    startConsole();
  });
  afterAll(async () => {
    await closeContext(context);
    await running.stop();
    rmSync(dataDirectory, { recursive: true });
  });

  const replicasOf = async (topic: string) =>
    (await describeTopic(clientOf(context), topic))?.partitions[0]?.replicaNodes ?? [];
  const job = (id: number) => context.engine.jobs.find(cluster, id);
  /** Undefined also in the moment in which the broker that is asked dies. */
  const moveOf = async (topic: string) => {
    const listed = await listMoves(context, localUser, { cluster });
    return listed.ok ? listed.value.moves.find((move) => move.topic === topic) : undefined;
  };
  const owedOf = async (id: number) => good(await readReassignment(context, localUser, { cluster, job: id })).owed;
  const rateOf = async (broker: number) => {
    await clientOf(context).refresh([]);
    return (await readThrottles(clientOf(context), { brokers: [broker], topics: [] })).brokers[broker];
  };
  const throttles = async () => {
    const { brokers, topics } = good(await listThrottles(context, localUser, { cluster }));
    const rates = Object.entries(brokers).filter(([, { leader, follower }]) => leader !== null || follower !== null);
    return { brokers: rates.map(([id]) => Number(id)), topics: Object.keys(topics) };
  };

  /** Moves a topic's one replica to another broker under a throttle that lets one batch through and then none for minutes. */
  async function moveSlowly(topic: string, away?: number) {
    const client = clientOf(context);
    await makeTopic(client, topic);
    for (let batch = 0; batch < BATCHES; batch += 1)
      await appendBatch(client, { topic, partition: 0 }, [textRecord(null, "x".repeat(300_000), Date.now())]);
    const [from = 0] = await replicasOf(topic);
    const to = [1, 2, 3].find((id) => id !== from && id !== away) ?? 0;
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
    return { from, to, jobId };
  }

  /** The same, and that broker dies. */
  async function moveToDying(topic: string) {
    const { from, to, jobId } = await moveSlowly(topic);
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

  test("is let go by a cancel: the replica stays where it was, and its throttle goes when it is back, though the console was started anew", async () => {
    const topic = "dies.stays";
    const { from, to, jobId } = await moveToDying(topic);
    good(await controlJob(context, localUser, { cluster, job: jobId, control: "cancel" }));
    await context.engine.jobs.settled(jobId);
    expect(job(jobId)).toMatchObject({ state: "cancelled" });
    await expect.poll(() => replicasOf(topic)).toEqual([from]);
    await expect.poll(throttles).toEqual({ brokers: [], topics: [] });
    expect(job(jobId)?.log.at(-1)?.text).toContain(`broker ${to} follows when it is back`);
    const debt = (await owedOf(jobId))[0]?.job ?? 0;
    expect(await owedOf(jobId)).toEqual([{ job: debt, brokers: [to] }]);
    await expect.poll(() => job(debt)?.progress.note).toBe(`waits for broker ${to} to come back`);
    await startConsoleAnew();
    expect(await owedOf(jobId)).toEqual([{ job: debt, brokers: [to] }]);
    await running.startBroker(to);
    await expect.poll(() => job(debt)?.state).toBe("completed");
    expect(job(jobId)?.log.at(-1)?.text).toBe(`Broker ${to} is back: its throttle was removed.`);
    expect(await owedOf(jobId)).toEqual([]);
    await expect.poll(throttles).toEqual({ brokers: [], topics: [] });
  });

  test("leaves the throttle while another move needs it, and a rate that somebody set since for ever", async () => {
    const { to, jobId } = await moveToDying("dies.changed");
    good(await controlJob(context, localUser, { cluster, job: jobId, control: "cancel" }));
    await context.engine.jobs.settled(jobId);
    const debt = (await owedOf(jobId))[0]?.job ?? 0;
    const other = await moveSlowly("dies.other", to);
    await running.startBroker(to);
    await expect.poll(() => job(debt)?.progress.note).toBe(`waits until job ${other.jobId} has ended`);
    await until(async () => (await rateOf(to))?.follower === "1000");
    await changes.make("change-throttles", { brokers: { [to]: { leader: "7000", follower: "1000" } }, topics: {} });
    good(await controlJob(context, localUser, { cluster, job: other.jobId, control: "cancel" }));
    await expect.poll(() => job(debt)?.state).toBe("completed");
    expect(await rateOf(to)).toEqual({ leader: "7000", follower: null });
    await changes.make("change-throttles", { brokers: { [to]: { leader: null, follower: null } }, topics: {} });
  });

  test("is not waited for once that was given up", async () => {
    const { to, jobId } = await moveToDying("dies.given-up");
    good(await controlJob(context, localUser, { cluster, job: jobId, control: "cancel" }));
    await context.engine.jobs.settled(jobId);
    const debt = (await owedOf(jobId))[0]?.job ?? 0;
    good(await controlJob(context, localUser, { cluster, job: debt, control: "cancel" }));
    await context.engine.jobs.settled(debt);
    expect(await owedOf(jobId)).toEqual([]);
    await running.startBroker(to);
    await expect.poll(() => rateOf(to)).toEqual({ leader: "1000", follower: "1000" });
  });
  test("a plan whose topics are gone says which", async () => {
    const move = {
      topic: "dies.never",
      partition: 0,
      from: [1],
      to: [2],
      sizeBytes: 0,
      copyBytes: 0,
      movesLeader: true,
    };
    const input = { title: "Drain broker 1", moves: [move], throttleBytesPerSecond: null, batchMoves: 1 };
    expect(await changes.noPlan(REASSIGN, input)).toMatchObject({
      code: "not-possible",
      detail: expect.stringMatching(/^Gone since the moves were planned: dies\.never\. /),
    });
  });

  test("throttles that the cluster refuses in part are written down with what was set, which is taken back", async () => {
    const topic = "dies.throttled";
    await makeTopic(clientOf(context), topic);
    const before = await rateOf(1);
    const brokers = { 1: { leader: "3000", follower: null } };
    const input = { cluster, brokers, topics: { [topic]: { leader: "not a list of replicas", follower: null } } };
    good(await changeThrottlesChange.actOn(context, localUser, input, {}));
    expect(await rateOf(1)).toEqual({ leader: "3000", follower: null });
    const { entries } = good(await listJournal(context, localUser, { cluster, query: journalQuery.parse({}) }));
    const entry = entries[0]?.id ?? 0;
    expect(entries[0]).toMatchObject({ kind: "change-throttles", outcome: "done" });
    expect(entries[0]?.summary).toContain(`; not ${topic}: `);
    await changes.revert({ entry, summary: "", jobId: null });
    expect(await rateOf(1)).toEqual(before);
  });
});
