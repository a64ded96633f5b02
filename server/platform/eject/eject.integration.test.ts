import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { prepareReading } from "../../client/read-records.ts";
import { createLog } from "../../environment/real/log.ts";
import { realEnvironment } from "../../environment/real/real-environment.ts";
import { startCluster } from "../../broker/testing/start-cluster.ts";
import { clientFor } from "../../testing/client-suite.ts";
import { adopt } from "./adopt.ts";
import { eject } from "./eject.ts";
import { newProducer, pictureOf, sendBatch, useCluster } from "./testing/used-cluster.ts";

const environment = realEnvironment({ log: createLog({ format: "text", level: "error" }) });
const BATCHES = 20;
/** A cluster that was used and stopped; each test takes a copy. */
let stopped = "";
let home = "";
let picture: Awaited<ReturnType<typeof pictureOf>>;
let clusterId = "";

beforeAll(async () => {
  await prepareReading();
  home = mkdtempSync(join(tmpdir(), "eject-"));
  stopped = join(home, "stopped");
  const cluster = await startCluster({ brokers: 3, directory: stopped });
  const client = clientFor(cluster.bootstrap);
  await useCluster(client, await newProducer(client), BATCHES);
  picture = await pictureOf(client);
  clusterId = cluster.clusterId;
  client.close();
  await cluster.shutDown();
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

let copies = 0;
/** The stopped cluster, to be changed. */
function copyOfCluster(): string {
  const directory = join(home, `copy-${copies++}`);
  cpSync(stopped, directory, { recursive: true });
  return directory;
}

function ejectFrom(dataDirectory: string, to = join(home, `ejected-${copies++}`)) {
  const platform = {
    version: "0.0.0",
    dataDirectory,
    brokers: 1,
    externalPort: 9092,
    internalPort: 9192,
    controllerPort: 9190,
    host: "127.0.0.1",
    configFile: undefined,
    set: ["compression.type=zstd"],
    isolation: "thread",
    logFormat: "text",
    logLevel: "error",
  } as const;
  return eject(environment.disk, { platform, ports: {}, to, sharesSegments: true });
}

/** What it was refused with; fails when it was not. */
async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  const outcome = await attempt.then(
    () => "it was not refused",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return outcome;
}

describe("eject", () => {
  test("makes a directory from which the cluster is adopted as it was", async () => {
    const to = join(home, "kafka");
    const report = await ejectFrom(stopped, to);
    expect(report).toMatchObject({ clusterId, brokers: [1, 2, 3], topics: picture.topics.length, leftOut: [] });
    expect(report.sharedBytes).toBeGreaterThan(1_000_000);
    expect(readdirSync(to).toSorted()).toEqual([
      "README.md",
      "broker-1",
      "broker-1.properties",
      "broker-2",
      "broker-2.properties",
      "broker-3",
      "broker-3.properties",
      "controller",
      "controller.properties",
    ]);
    const settings = readFileSync(join(to, "broker-2.properties"), "utf8");
    expect(settings).toContain(`log.dirs=${join(to, "broker-2")}\n`);
    expect(settings).toContain("compression.type=zstd\n");
    expect(settings).toContain("default.replication.factor=3\n");
    expect(settings).not.toContain("broker.session.timeout.ms");

    const adopted = join(home, "adopted");
    mkdirSync(adopted);
    expect(await adopt(environment, { dataDirectory: adopted, from: [to], sharesSegments: true })).toMatchObject({
      clusterId,
      brokers: [1, 2, 3],
      leftOut: [],
    });
    const cluster = await startCluster({ brokers: 3, directory: adopted });
    const client = clientFor(cluster.bootstrap);
    expect(await pictureOf(client)).toEqual(picture);
    const next = await sendBatch(client, await newProducer(client), 0);
    expect(next, "it can be written to").toEqual([BATCHES * 10, BATCHES * 10, BATCHES * 10]);
    client.close();
    await cluster.stop();
  });

  test("leaves behind what the metadata do not name", async () => {
    const data = copyOfCluster();
    cpSync(join(data, "broker-1", "orders-0"), join(data, "broker-1", "old-0"), { recursive: true });
    mkdirSync(join(data, "broker-2", "orders-1.0123456789abcdef-stray"));
    const { leftOut } = await ejectFrom(data);
    expect(leftOut).toEqual([
      join(data, "broker-1", "old-0"),
      join(data, "broker-2", "orders-1.0123456789abcdef-stray"),
    ]);
  });

  test("takes copies on their way to another log directory along, so that the move goes on", async () => {
    const data = copyOfCluster();
    const [of, old] = ["orders-0", "gone-0"].map((name) => `${name}.0123456789abcdef0123456789abcdef-future`);
    for (const name of [of, old])
      cpSync(join(data, "broker-1", "orders-0"), join(data, "broker-1", name ?? ""), { recursive: true });
    const to = join(home, "moving");
    const { leftOut } = await ejectFrom(data, to);
    expect(leftOut).toEqual([join(data, "broker-1", old ?? "")]);
    expect(readdirSync(join(to, "broker-1"))).toContain(of);
  });

  test.each([
    {
      what: "a broker was not stopped in order",
      spoil: (data: string) => rmSync(join(data, "broker-2", ".kafka_cleanshutdown")),
      says: /Broker 2 was not stopped in order/,
    },
    {
      what: "an in-sync replica has no directory",
      spoil: (data: string) => onEveryBroker(data, (broker) => rmSync(join(broker, "orders-2"), { recursive: true })),
      says: /Broker \d is in sync for orders-2 and has no directory of it/,
    },
    {
      what: "a directory holds another topic of this name",
      spoil: (data: string) =>
        onEveryBroker(data, (broker) =>
          writeFileSync(join(broker, "orders-0", "partition.metadata"), `version: 0\ntopic_id: ${clusterId}`),
        ),
      says: /Broker \d is in sync for orders-0/,
    },
    {
      what: "a directory is of another time",
      spoil: (data: string) =>
        writeFileSync(join(data, "broker-1", ".kafka_cleanshutdown"), `{"version":0,"brokerEpoch":1}`),
      says: /Broker 1 was last stopped in epoch 1/,
    },
    {
      what: "a directory is of another cluster",
      spoil: (data: string) =>
        replaceIn(join(data, "broker-2", "meta.properties"), /cluster.id=.*/, "cluster.id=other"),
      says: /belongs to the cluster other/,
    },
    {
      what: "the metadata log is damaged",
      spoil: (data: string) =>
        flipByte(join(data, "controller", "__cluster_metadata-0", "00000000000000000000.log"), 70),
      says: /00000000000000000000\.log is damaged at byte 0/,
    },
    {
      what: "a checkpoint is damaged",
      spoil: (data: string) => writeFileSync(join(data, "broker-1", "replication-offset-checkpoint"), "0\n7\n"),
      says: /replication-offset-checkpoint: 7 lines announced/,
    },
  ])("is refused, and writes nothing, when $what", async ({ spoil, says }) => {
    const data = copyOfCluster();
    spoil(data);
    const to = join(home, `refused-${copies++}`);
    expect(await refusalOf(ejectFrom(data, to))).toMatch(says);
    expect(existsSync(to) || existsSync(`${to}.unfinished`)).toBe(false);
  });

  test("is refused where something is already", async () => {
    expect(await refusalOf(ejectFrom(stopped, stopped))).toMatch(/is not empty/);
  });
});

describe("adopt", () => {
  test("is refused, with nothing written, for a part of a cluster, and for what is none", async () => {
    const to = join(home, "whole");
    await ejectFrom(stopped, to);
    const dataDirectory = join(home, "target");
    mkdirSync(dataDirectory);
    const from = ["controller", "broker-1", "broker-3"].map((name) => join(to, name));
    expect(await refusalOf(adopt(environment, { dataDirectory, from, sharesSegments: true }))).toMatch(
      /No directory of broker 2 was given/,
    );
    const brokers = [1, 2, 3].map((id) => join(to, `broker-${id}`));
    expect(await refusalOf(adopt(environment, { dataDirectory, from: brokers, sharesSegments: true }))).toMatch(
      /metadata log is not among the directories/,
    );
    expect(await refusalOf(adopt(environment, { dataDirectory, from: [home], sharesSegments: true }))).toMatch(
      /is no log directory of Kafka's/,
    );
    expect(readdirSync(dataDirectory)).toEqual([]);
    expect(await refusalOf(adopt(environment, { dataDirectory: stopped, from: [to], sharesSegments: true }))).toMatch(
      /broker-1 is not empty/,
    );
  });
});

/** Which of them is in sync depends on who stopped last. */
function onEveryBroker(data: string, spoil: (directory: string) => void): void {
  for (const id of [1, 2, 3]) spoil(join(data, `broker-${id}`));
}

function replaceIn(file: string, pattern: RegExp, by: string): void {
  writeFileSync(file, readFileSync(file, "utf8").replace(pattern, by));
}

function flipByte(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
  writeFileSync(file, bytes);
}
