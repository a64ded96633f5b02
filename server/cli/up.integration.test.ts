import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import { afterEach, describe, expect, test } from "vitest";
import { freePorts } from "../testing/free-ports.ts";
import { executable, type Odradek, portFlags, startOdradek, StartFailure } from "../testing/odradek.ts";
import { runProcess } from "../testing/run-process.ts";
import { topicEnds } from "../testing/topic-ends.ts";
import { until } from "../testing/until.ts";

const started: Odradek[] = [];
const directories: string[] = [];

async function start(options: Parameters<typeof startOdradek>[0] = {}): Promise<Odradek> {
  const odradek = await startOdradek(options);
  started.push(odradek);
  return odradek;
}

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "odradek-test-"));
  directories.push(directory);
  return directory;
}

afterEach(async () => {
  for (const odradek of started.splice(0)) await odradek.dispose();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

function kafkaOf(bootstrap: string): Kafka {
  return new Kafka({
    clientId: "test",
    brokers: bootstrap.split(","),
    logLevel: logLevel.NOTHING,
    requestTimeout: 5_000,
    retry: { retries: 60, initialRetryTime: 100, maxRetryTime: 1_000 },
  });
}

/** Reads a topic from its beginning up to its end as it is now. */
async function readAll(bootstrap: string, topic: string): Promise<string[]> {
  const kafka = kafkaOf(bootstrap);
  const admin = kafka.admin();
  await admin.connect();
  const ends = await topicEnds(admin, topic);
  await admin.disconnect();
  const expected = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  const values: string[] = [];
  if (expected === 0) return values;
  const consumer = kafka.consumer({ groupId: `reader-${process.hrtime.bigint()}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        eachMessage: async ({ message }) => {
          values.push(message.value?.toString() ?? "");
          if (values.length >= expected) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return values;
}

/** Starts it where it cannot start, and gives what it says. */
async function failureOf(
  flags: readonly string[],
  { dataDirectory = newDirectory(), isConsoleOn = false } = {},
): Promise<StartFailure> {
  try {
    started.push(await startOdradek({ extraFlags: flags, dataDirectory, isConsoleOn }));
  } catch (error) {
    if (error instanceof StartFailure) return error;
    throw error;
  }
  throw new Error("it started");
}

describe("odradek up", () => {
  test("keeps topics, messages and offsets over a stop and a start", async () => {
    const first = await start();
    const producer = kafkaOf(first.bootstrap).producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    await producer.send({ topic: "kept", acks: -1, messages: [{ value: "one" }, { value: "two" }] });
    await producer.disconnect();
    expect(await first.stop()).toBe(0);

    const second = await start({ dataDirectory: first.dataDirectory, flags: first.flags });
    expect(second.bootstrap).toBe(first.bootstrap);
    expect((await readAll(second.bootstrap, "kept")).toSorted()).toEqual(["one", "two"]);
  });

  test("is shown by status and ended by down", async () => {
    const odradek = await start();
    const status = await odradek.status();
    expect(status.roles.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "controller running",
      "broker-1 running",
      "broker-2 running",
      "broker-3 running",
    ]);
    expect(status.bootstrapServers.join(",")).toBe(odradek.bootstrap);
    const shown = await runProcess(process.execPath, [executable, "status", "--json", "--data", odradek.dataDirectory]);
    expect(JSON.parse(shown.stdout)).toMatchObject({ running: true, clusterId: status.clusterId });

    const down = await runProcess(process.execPath, [executable, "down", "--data", odradek.dataDirectory]);
    expect(down.exitCode).toBe(0);
    expect(await odradek.stop()).toBe(0);
    const after = await runProcess(process.execPath, [executable, "status", "--data", odradek.dataDirectory]);
    expect(after.exitCode).toBe(3);
    expect(after.stdout).toContain("Nothing runs on");
  });

  test("takes broker settings from a file and from --set, the flag being stronger", async () => {
    const file = join(newDirectory(), "server.properties");
    writeFileSync(file, "num.partitions=4\nlog.retention.hours=5\n");
    const odradek = await start({ flags: [...(await portFlags()), "--config", file, "--set", "num.partitions=6"] });
    const admin = kafkaOf(odradek.bootstrap).admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: "sized", numPartitions: -1, replicationFactor: -1 }] });
    const { topics } = await admin.fetchTopicMetadata({ topics: ["sized"] });
    await admin.disconnect();
    expect(topics[0]?.partitions).toHaveLength(6);
  });
});

describe("odradek up refuses, starts nothing and says what to do", () => {
  test("a data directory that is in use", async () => {
    const odradek = await start();
    const { exitCode, output } = await failureOf([], { dataDirectory: odradek.dataDirectory });
    expect(exitCode).toBe(1);
    expect(output).toContain(`The data directory ${odradek.dataDirectory} is in use`);
    expect(output).toContain("odradek down");
    expect((await odradek.status()).roles.every(({ state }) => state === "running")).toBe(true);
  });

  test("a port that is in use", async () => {
    const [port] = await freePorts(1);
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(port, "127.0.0.1", resolve);
    });
    try {
      const { exitCode, output } = await failureOf([`--kafka-port=${port}`]);
      expect(exitCode).toBe(1);
      expect(output).toContain(String(port));
      expect(output).toContain("in use");
    } finally {
      other.close();
    }
  });

  test("an unknown setting and a bad value, each by name", async () => {
    const { exitCode, output } = await failureOf(["--set", "num.partitons=3", "--set", "log.retention.ms=soon"]);
    expect(exitCode).toBe(1);
    expect(output).toContain("num.partitons");
    expect(output).toContain("num.partitions");
    expect(output).toContain("log.retention.ms");
  });

  test("a setting that it decides itself", async () => {
    const { output } = await failureOf(["--set", "node.id=7"]);
    expect(output).toContain("node.id is decided by Odradek");
  });

  test("client properties that the console cannot use", async () => {
    const file = join(newDirectory(), "client.properties");
    writeFileSync(file, "security.protocol=SASL_SSL\nsasl.mechanism=GSSAPI\n");
    const { exitCode, output } = await failureOf(["--bootstrap-server", "localhost:9092", "--command-config", file], {
      isConsoleOn: true,
    });
    expect(exitCode).toBe(1);
    expect(output).toContain("sasl.mechanism");
    expect(output).toContain("SCRAM-SHA-512");
  });

  test("a bad flag", async () => {
    const finished = await runProcess(process.execPath, [executable, "up", "--port", "many"]);
    expect(finished.exitCode).toBe(1);
    expect(finished.stderr).toContain("A port is a number");
  });
});

describe("trouble", () => {
  test.each([1, 3])(
    "every acknowledged message is there after kill -9 of the platform, and the producer goes on by its retries (%i brokers)",
    async (brokers) => {
      const odradek = await start({ extraFlags: ["--brokers", String(brokers)] });
      const producer = kafkaOf(odradek.bootstrap).producer({ idempotent: true, maxInFlightRequests: 1 });
      await producer.connect();
      const acknowledged: string[] = [];
      const send = async (from: number, to: number) => {
        for (let index = from; index < to; index += 1) {
          await producer.send({ topic: "survivors", acks: -1, messages: [{ value: `m${index}` }] });
          acknowledged.push(`m${index}`);
        }
      };
      await send(0, 200);
      const sending = send(200, 600);
      const before = await odradek.status();
      process.kill(before.processId, "SIGKILL");
      await sending;
      await producer.disconnect();
      expect((await odradek.status()).processId).not.toBe(before.processId);
      const read = new Set(await readAll(odradek.bootstrap, "survivors"));
      expect(acknowledged.filter((value) => !read.has(value))).toEqual([]);
      expect(acknowledged).toHaveLength(600);
    },
  );

  test("a paused broker's leaders move, and when it goes on nothing acknowledged is lost, with a process for each broker", async () => {
    const odradek = await start({ extraFlags: ["--isolation", "process"] });
    const { processId } = await odradek.status();
    const found = await runProcess("pgrep", ["-P", String(processId), "-f", "broker"]);
    const brokers = found.stdout.trim().split("\n").map(Number);
    expect(brokers).toHaveLength(3);
    const kafka = kafkaOf(odradek.bootstrap);
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: "patient", numPartitions: 3 }] });
    // A client keeps to the broker that it has reached, which may be the paused one: each is asked by a client of its own.
    const watchers = odradek.bootstrap.split(",").map((address) => kafkaOf(address).admin());
    await Promise.all(watchers.map((watcher) => watcher.connect()));
    const leaders = async () => {
      const { topics } = await Promise.any(watchers.map((each) => each.fetchTopicMetadata({ topics: ["patient"] })));
      return (topics[0]?.partitions ?? []).map(({ leader }) => leader);
    };
    // A broker tells of a new topic when it has heard of it.
    await until(async () => (await leaders()).toSorted((a, b) => a - b).join() === "1,2,3");
    const acknowledged = new Set<string>();
    const producers = [0, 1, 2].map(() => kafka.producer({ idempotent: true, maxInFlightRequests: 1 }));
    await Promise.all(producers.map((producer) => producer.connect()));
    const send = (from: number, to: number) =>
      Promise.all(
        producers.map(async (producer, partition) => {
          for (let index = from; index < to; index += 1) {
            const value = `${partition}-${index}`;
            await producer.send({ topic: "patient", acks: -1, timeout: 2_000, messages: [{ partition, value }] });
            acknowledged.add(value);
          }
        }),
      );
    const [paused = 0] = brokers;
    await send(0, 100);
    process.kill(paused, "SIGSTOP");
    const sending = send(100, 200);
    try {
      await until(async () => new Set(await leaders()).size === 2);
    } finally {
      process.kill(paused, "SIGCONT");
    }
    await sending;
    await until(async () => new Set(await leaders()).size === 3);
    await Promise.all([admin, ...watchers, ...producers].map((client) => client.disconnect()));
    const read = await readAll(odradek.bootstrap, "patient");
    expect(read.toSorted()).toEqual([...acknowledged].toSorted());
  });

  test("killing the supervisor leaves no process and no port behind", async () => {
    const odradek = await start();
    const { processId } = await odradek.status();
    const ended = endOfPlatform(odradek.dataDirectory);
    odradek.supervisor.kill("SIGKILL");
    await ended;
    const again = await start({ dataDirectory: odradek.dataDirectory, flags: odradek.flags });
    expect(again.bootstrap).toBe(odradek.bootstrap);
    expect(isAlive(processId)).toBe(false);
  });
});

/** Settles when the platform on a data directory has given its control socket up, which is the last thing that it does. */
function endOfPlatform(dataDirectory: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(join(dataDirectory, "control.sock"));
    socket.once("error", reject);
    socket.once("connect", () =>
      socket
        .off("error", reject)
        .on("error", () => undefined)
        .resume()
        .once("close", () => resolve()),
    );
  });
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${processId}/status`, "utf8"));
  } catch {
    return false;
  }
}
