import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCluster, type TestCluster } from "../broker/testing/start-cluster.ts";
import { moveReplicas } from "../client/admin/reassignments.ts";
import { Changes } from "../testing/console-changes.ts";
import { clientOf, cluster, contextOf, good } from "../testing/console-context.ts";
import { appendBatch, makeTopic, textRecord } from "../testing/seed-topic.ts";
import { until } from "../testing/until.ts";
import { localUser } from "./actor.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { listBrokerReplicas } from "./list-broker-replicas.ts";
import { listThrottles } from "./list-throttles.ts";
import { listMoves } from "./read-reassignment.ts";

const TOPIC = "disks.orders";
const BATCHES = 6;
const SLOW = "200000";

describe("a replica that moves to another log directory", () => {
  let running: TestCluster;
  let context: ConsoleContext;
  const changes = new Changes(() => context);
  const disks = [1, 2].map(() => mkdtempSync(join(tmpdir(), "odradek-disk-")));
  let home = "";
  let other = "";

  beforeAll(async () => {
    running = await startCluster({ config: { "log.dirs": disks.join(",") } });
    context = contextOf(running.bootstrap);
    const client = clientOf(context);
    await makeTopic(client, TOPIC);
    for (let batch = 0; batch < BATCHES; batch += 1)
      await appendBatch(client, { topic: TOPIC, partition: 0 }, [textRecord(null, "x".repeat(900_000), Date.now())]);
    home = (await placesOf(false))[0] ?? "";
    other = disks.find((disk) => disk !== home) ?? "";
  });
  afterAll(async () => {
    await closeContext(context);
    await running.stop();
    for (const disk of disks) rmSync(disk, { recursive: true });
  });

  const placesOf = async (isCopy: boolean) => {
    const { replicas } = good(await listBrokerReplicas(context, localUser, { cluster, broker: 1 }));
    return replicas.flatMap(({ topic, path, isFuture }) => (topic === TOPIC && isFuture === isCopy ? path : []));
  };
  const moves = async () => good(await listMoves(context, localUser, { cluster })).directories;
  const hold = (directories: string | null) =>
    changes.make("change-throttles", { brokers: { 1: { leader: null, follower: null, directories } }, topics: {} });
  const move = (path: string) => ({ broker: 1, path, partitions: [{ topic: TOPIC, partition: 0 }] });

  test("is held to a rate, watched, given up, and moved again from the journal", async () => {
    const held = await hold(SLOW);
    expect((await changes.entry(held)).after).toMatchObject({
      "broker 1 replica.alter.log.dirs.io.max.bytes.per.second": SLOW,
    });
    expect(good(await listThrottles(context, localUser, { cluster })).brokers[1]?.directories).toBe(SLOW);
    await changes.make("move-replica-directories", move(other));
    expect(await moves()).toMatchObject([{ broker: 1, topic: TOPIC, partition: 0, from: home, to: other }]);
    await until(async () => ((await moves())[0]?.ratePerSecond ?? 0) > 0);
    const [copy] = await moves();
    expect(copy?.copiedBytes).toBeGreaterThan(0);
    expect(copy?.copiedBytes).toBeLessThan(copy?.sizeBytes ?? 0);
    expect(copy?.lagMessages).toBeGreaterThan(0);

    const plan = await changes.plan("move-replica-directories", move(home));
    expect([plan.before, plan.after]).toEqual([{ [`${TOPIC}-0`]: other }, { [`${TOPIC}-0`]: home }]);
    expect(plan.impact.map(({ text }) => text)).toEqual(["1 copy under way is given up: what was copied is deleted."]);
    const givenUp = await changes.make("move-replica-directories", move(home));
    expect(await moves()).toEqual([]);
    expect([await placesOf(false), await placesOf(true)]).toEqual([[home], []]);

    await changes.revert(givenUp);
    expect(await moves()).toMatchObject([{ from: home, to: other }]);
    await changes.revert(held);
    await until(async () => (await moves()).length === 0);
    expect(await placesOf(false)).toEqual([other]);
    expect((await changes.noPlan("move-replica-directories", move(other))).code).toBe("not-possible");
  });

  test("is seen by the next sweep when somebody else began it", async () => {
    await hold(SLOW);
    const [from = ""] = await placesOf(false);
    const to = disks.find((disk) => disk !== from) ?? "";
    await moveReplicas(clientOf(context), { broker: 1, path: to }, [{ topic: TOPIC, partition: 0 }]);
    context.engine.start();
    await until(async () => (await moves())[0]?.to === to);
    await hold(null);
    await until(async () => (await moves()).length === 0);
    expect(await placesOf(false)).toEqual([to]);
  });
});
