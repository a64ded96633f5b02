import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../../testing/until.ts";
import { AlterReplicaLogDirs } from "../../wire/apis/alter-replica-log-dirs.ts";
import { DescribeLogDirs } from "../../wire/apis/describe-log-dirs.ts";
import { LOG_DIR_NOT_FOUND, NONE, UNKNOWN_TOPIC_OR_PARTITION } from "../../wire/errors.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { TestClient } from "../testing/test-client.ts";
import { Load, readAll } from "./testing/load.ts";

const TOPIC = "movable";
const PADDING = "x".repeat(2_000);

let cluster: TestCluster;
let client: TestClient;
let disks: readonly string[];

beforeAll(async () => {
  disks = [1, 2].map(() => mkdtempSync(join(tmpdir(), "odradek-disk-")));
  cluster = await startCluster({ config: { "log.dirs": disks.join(","), "log.segment.bytes": "1048576" } });
  client = await TestClient.connect(cluster.bootstrap);
});
afterAll(async () => {
  client.close();
  await cluster.stop();
  for (const disk of disks) rmSync(disk, { recursive: true });
});

async function move(path: string, topic = TOPIC, partition = 0): Promise<number | undefined> {
  const dirs = [{ path, topics: [{ name: topic, partitions: [partition] }] }];
  return (await client.ask(AlterReplicaLogDirs, { dirs })).results[0]?.partitions[0]?.errorCode;
}

/** The directories that the replica is in, and whether as a copy on its way. */
async function places(): Promise<{ readonly logDir: string; readonly isFuture: boolean }[]> {
  const { results } = await client.ask(DescribeLogDirs, { topics: [{ topic: TOPIC, partitions: [0] }] });
  return results.flatMap(({ logDir, topics }) =>
    topics.flatMap(({ partitions }) => partitions.map(({ isFutureKey: isFuture }) => ({ logDir, isFuture }))),
  );
}

/** What lies in a log directory for the topic. */
function directoriesIn(disk: string): string[] {
  return readdirSync(disk).filter((name) => name.startsWith(TOPIC));
}

test("a replica moves to another directory and back under load, and nothing is lost", async () => {
  await client.createTopic(TOPIC);
  const kafka = new Kafka({ brokers: [cluster.bootstrap], clientId: "moves-test", logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const load = new Load(producer, { topic: TOPIC, partitions: 1, padding: PADDING });
  await load.more(1_000);
  const [home] = await places();
  const other = disks.find((disk) => disk !== home?.logDir) ?? "";
  for (const target of [other, home?.logDir ?? ""]) {
    expect(await move(target)).toBe(NONE);
    await until(async () => {
      const now = await places();
      return now.length === 1 && now[0]?.logDir === target;
    });
    await load.more(200);
    expect(await places()).toEqual([{ logDir: target, isFuture: false }]);
    const left = disks.find((disk) => disk !== target) ?? "";
    expect(directoriesIn(left).filter((name) => !name.endsWith("-delete"))).toEqual([]);
    expect(directoriesIn(target)).toContain(`${TOPIC}-0`);
  }
  await load.stop();
  await producer.disconnect();
  const read = await readAll(kafka.consumer({ groupId: "readers" }), TOPIC, load.acknowledged.length);
  expect(read.toSorted()).toEqual(load.acknowledged.toSorted());
});

test("a directory, a topic and a partition that are not there are refused", async () => {
  expect(await move("/nowhere")).toBe(LOG_DIR_NOT_FOUND);
  expect(await move(disks[0] ?? "", "missing")).toBe(UNKNOWN_TOPIC_OR_PARTITION);
  expect(await move(disks[0] ?? "", TOPIC, 7)).toBe(UNKNOWN_TOPIC_OR_PARTITION);
});
