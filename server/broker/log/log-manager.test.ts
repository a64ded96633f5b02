import { describe, expect, test } from "vitest";
import type { Environment } from "../../environment/environment.ts";
import { Simulation, type SimulatedMachine } from "../../environment/simulated/simulation.ts";
import { KAFKA_STORAGE_ERROR } from "../../wire/errors.ts";
import { isRefusal } from "../refusal.ts";
import { type CleanerSettings, defaultCleanerSettings } from "./cleaner/log-cleaner.ts";
import { defaultLogConfig, type LogConfig } from "./log-config.ts";
import { LogDirectoryError, LogManager } from "./log-manager.ts";
import type { PartitionLog } from "./partition-log.ts";
import { batchOf, contentOf, produce } from "./testing/test-log.ts";

const CLUSTER_ID = "3Qxm0hhVSDu1Dm4RW9B2Mg";
const TOPIC_ID = "bd5pUXVeTlyHmEmoP2Y_JA";
const OTHER_ID = "aaaaaaaaQaeaaaaaaaaaaA";

type Node = { readonly simulation: Simulation; readonly machine: SimulatedMachine };
type Broker = { readonly logs: LogManager; readonly environment: Environment; kill(): void; readonly failed: string[] };

function node(): Node {
  const simulation = new Simulation("log manager");
  return { simulation, machine: simulation.machine("node-1") };
}

function start(
  { machine }: Node,
  options: {
    directories?: readonly string[];
    clusterId?: string;
    nodeId?: number;
    config?: Partial<LogConfig>;
    cleaner?: CleanerSettings;
  } = {},
): Broker {
  const { environment, process } = machine.start("broker");
  const failed: string[] = [];
  const logs = LogManager.open(environment, {
    directories: options.directories ?? ["/data"],
    clusterId: options.clusterId ?? CLUSTER_ID,
    nodeId: options.nodeId ?? 1,
    configOf: () => ({ ...defaultLogConfig, ...options.config }),
    retentionCheckIntervalMs: 300_000,
    checkpointIntervalMs: 60_000,
    cleaner: () => options.cleaner ?? defaultCleanerSettings,
    onDirectoryFailure: (directoryId) => failed.push(directoryId),
  });
  return { logs, environment, kill: () => machine.kill(process), failed };
}

function logOf(broker: Broker, partition = 0, topicId = TOPIC_ID): PartitionLog {
  const log = broker.logs.logFor({ topic: "orders", partition }, topicId);
  if (isRefusal(log)) throw new Error(`refused with ${log.errorCode}: ${log.message ?? ""}`);
  return log;
}

function names(broker: Broker, path = "/data"): string[] {
  return broker.environment.disk.list(path).map(({ name }) => name);
}

function text(broker: Broker, path: string): string {
  return Buffer.from(broker.environment.disk.readFile(path) ?? []).toString("utf8");
}

describe("a clean stop", () => {
  test("leaves Kafka's files, and the next start reads nothing but what is used", async () => {
    const world = node();
    const first = start(world);
    const log = logOf(first);
    produce(log, batchOf(["a", "b"]));
    await world.simulation.settle(first.logs.close(17));
    expect(names(first)).toEqual([
      ".kafka_cleanshutdown",
      "meta.properties",
      "orders-0",
      "recovery-point-offset-checkpoint",
      "replication-offset-checkpoint",
    ]);
    expect(text(first, "/data/.kafka_cleanshutdown")).toBe('{"version":0,"brokerEpoch":17}');
    expect(text(first, "/data/recovery-point-offset-checkpoint")).toBe("0\n1\norders 0 2\n");
    expect(text(first, "/data/replication-offset-checkpoint")).toBe("0\n1\norders 0 2\n");
    expect(text(first, "/data/orders-0/partition.metadata")).toBe(`version: 0\ntopic_id: ${TOPIC_ID}`);

    const second = start(world);
    expect(second.logs.previousBrokerEpoch).toBe(17);
    expect(names(second)).not.toContain(".kafka_cleanshutdown");
    expect(second.logs.openedLog({ topic: "orders", partition: 0 })).toBeUndefined();
    expect(contentOf(logOf(second))).toEqual(["0:a", "1:b"]);
    expect(logOf(second).highWatermark).toBe(2);
    expect(second.logs.directories[0]?.id).toBe(first.logs.directories[0]?.id);
  });

  test("keeps the checkpoints of logs that were not used", async () => {
    const world = node();
    const first = start(world);
    produce(logOf(first), batchOf(["a", "b", "c"]));
    logOf(first).deleteRecordsBefore(2, 0);
    await world.simulation.settle(first.logs.close(1));
    await world.simulation.settle(start(world).logs.close(2));
    const third = start(world);
    expect(logOf(third).logStartOffset).toBe(2);
    expect(third.logs.previousBrokerEpoch).toBe(2);
  });
});

describe("a kill", () => {
  test("loses nothing, and the next start recovers before anything is served", () => {
    const world = node();
    const first = start(world);
    produce(logOf(first), batchOf(["a", "b"]));
    first.kill();
    const second = start(world);
    expect(second.logs.previousBrokerEpoch).toBe(-1);
    expect(second.logs.openedLog({ topic: "orders", partition: 0 })?.logEndOffset).toBe(2);
    expect(contentOf(logOf(second))).toEqual(["0:a", "1:b"]);
  });

  test("of the machine right after a start does not bring the clean-shutdown mark back", async () => {
    const world = node();
    const first = start(world);
    produce(logOf(first), batchOf(["a"]));
    await world.simulation.settle(first.logs.close(1));
    start(world);
    world.machine.cutPower();
    expect(start(world).logs.previousBrokerEpoch).toBe(-1);
  });

  test("checkpoints are written while running, so that recovery need not begin at 0", async () => {
    const world = node();
    const first = start(world, { config: { flushMessages: 1 } });
    first.logs.start();
    produce(logOf(first), batchOf(["a", "b"]));
    await world.simulation.run({ forMs: 61_000 });
    expect(text(first, "/data/recovery-point-offset-checkpoint")).toBe("0\n1\norders 0 2\n");
    expect(text(first, "/data/replication-offset-checkpoint")).toBe("0\n1\norders 0 2\n");
  });
});

test("a directory that a crash left without its topic id gets it on first use", () => {
  const world = node();
  const first = start(world);
  logOf(first);
  first.kill();
  const { disk } = world.machine.start("somebody").environment;
  disk.remove("/data/orders-0/partition.metadata");
  expect(logOf(start(world)).topicId).toBe(TOPIC_ID);
  expect(logOf(start(world), 0).topicId).toBe(TOPIC_ID);
  expect(Buffer.from(disk.readFile("/data/orders-0/partition.metadata") ?? []).toString()).toContain(TOPIC_ID);
});

describe("a directory that is not this broker's", () => {
  test.each([
    { name: "another cluster", options: { clusterId: "other" }, says: "belongs to the cluster" },
    { name: "another node", options: { nodeId: 2 }, says: "belongs to node 1" },
  ])("of $name is refused with words", async ({ options, says }) => {
    const world = node();
    await world.simulation.settle(start(world).logs.close(1));
    expect(() => start(world, options)).toThrow(LogDirectoryError);
    expect(() => start(world, options)).toThrow(says);
  });

  test("with files that nobody claims is refused", () => {
    const world = node();
    world.machine.start("somebody").environment.disk.makeDirectory("/data/photos");
    expect(() => start(world)).toThrow("not empty (photos)");
  });

  test("is kept apart when a topic was made again under its name", () => {
    const world = node();
    const first = start(world);
    produce(logOf(first), batchOf(["old"]));
    first.kill();
    const second = start(world);
    const log = logOf(second, 0, OTHER_ID);
    expect([log.logEndOffset, log.topicId]).toEqual([0, OTHER_ID]);
    expect(names(second).filter((name) => /^orders-0\.[0-9a-f]{32}-stray$/.test(name))).toHaveLength(1);
  });
});

describe("deletion", () => {
  test("renames the directory and removes it after file.delete.delay.ms", async () => {
    const world = node();
    const broker = start(world);
    broker.logs.start();
    produce(logOf(broker), batchOf(["a"]));
    broker.logs.deleteLog({ topic: "orders", partition: 0 });
    const deleted = (): string[] => names(broker).filter((name) => /^orders-0\.[0-9a-f]{32}-delete$/.test(name));
    expect(deleted()).toHaveLength(1);
    expect(logOf(broker, 0, OTHER_ID).logEndOffset).toBe(0);
    await world.simulation.run({ forMs: 59_000 });
    expect(deleted()).toHaveLength(1);
    await world.simulation.run({ forMs: 7_000 });
    expect(deleted()).toHaveLength(0);
  });

  test("takes the offsets of the partition out of the checkpoints", async () => {
    const world = node();
    const first = start(world);
    produce(logOf(first), batchOf(["a", "b"]));
    logOf(first).deleteRecordsBefore(2, 0);
    await world.simulation.settle(first.logs.close(1));
    const second = start(world);
    second.logs.deleteLog({ topic: "orders", partition: 0 });
    expect(logOf(second, 0, OTHER_ID).logStartOffset).toBe(0);
    await world.simulation.run({ forMs: 100 });
    expect(text(second, "/data/log-start-offset-checkpoint")).toBe("0\n0\n");
    expect(text(second, "/data/recovery-point-offset-checkpoint")).toBe("0\n1\norders 0 0\n");
  });

  test("and making it again under its name at once gives it none of the old offsets, also after a kill", async () => {
    const world = node();
    const first = start(world);
    first.logs.start();
    for (let count = 0; count < 5; count++) produce(logOf(first), batchOf(["old"]));
    logOf(first).deleteRecordsBefore(5, 0);
    await world.simulation.run({ forMs: 61_000 });
    expect(text(first, "/data/log-start-offset-checkpoint")).toContain("orders 0 5");
    first.logs.deleteLog({ topic: "orders", partition: 0 });
    produce(logOf(first, 0, OTHER_ID), batchOf(["new"]));
    first.kill();
    const second = start(world);
    expect(contentOf(logOf(second, 0, OTHER_ID))).toEqual(["0:new"]);
    expect(logOf(second, 0, OTHER_ID).logStartOffset).toBe(0);
  });

  test("that a stop interrupted is finished at the next start", async () => {
    const world = node();
    const first = start(world);
    produce(logOf(first), batchOf(["a"]));
    first.logs.deleteLog({ topic: "orders", partition: 0 });
    first.kill();
    const second = start(world);
    second.logs.start();
    await world.simulation.run({ forMs: 6_000 });
    expect(names(second).filter((name) => name.startsWith("orders"))).toEqual([]);
  });

  test("by retention happens by the clock", async () => {
    const world = node();
    const broker = start(world, { config: { retentionMs: 100_000, segmentBytes: 200 } });
    broker.logs.start();
    const log = logOf(broker);
    for (let index = 0; index < 5; index++)
      produce(log, batchOf(["a"], { timestampMs: broker.environment.clock.wallMs() }));
    await world.simulation.run({ forMs: 331_000 });
    expect([log.logStartOffset, log.logEndOffset]).toEqual([5, 5]);
  });

  test("by retention reaches logs that nobody has used since the start", async () => {
    const world = node();
    const first = start(world, { config: { segmentBytes: 200 } });
    for (let index = 0; index < 5; index++) {
      produce(logOf(first), batchOf(["a"], { timestampMs: first.environment.clock.wallMs() }));
    }
    await world.simulation.settle(first.logs.close(1));
    const second = start(world, { config: { retentionMs: 100_000 } });
    second.logs.start();
    await world.simulation.run({ forMs: 331_000 });
    expect(second.logs.openedLog({ topic: "orders", partition: 0 })?.logStartOffset).toBe(5);
  });
});

describe("a failing disk", () => {
  test("takes its directory offline: 56 for all its logs, the other directory goes on", () => {
    const world = node();
    const broker = start(world, { directories: ["/a", "/b"] });
    const logs = [logOf(broker, 0), logOf(broker, 1)];
    expect(logs.map(({ directory }) => directory)).toEqual(["/a/orders-0", "/b/orders-1"]);
    world.machine.disk.faults.inject({ operation: "write", errno: "EIO", path: "/a/" });
    const directory = broker.logs.directories[0];
    const failed = broker.logs.guard(directory, () => ({ appended: produce(logs[0] as PartitionLog, batchOf(["a"])) }));
    expect(failed).toMatchObject({ errorCode: KAFKA_STORAGE_ERROR });
    expect(broker.failed).toEqual([directory?.id]);
    expect(broker.logs.directories.map(({ online }) => online)).toEqual([false, true]);
    expect(broker.logs.logFor({ topic: "orders", partition: 0 }, TOPIC_ID)).toMatchObject({
      errorCode: KAFKA_STORAGE_ERROR,
    });
    expect(produce(logOf(broker, 1), batchOf(["b"])).baseOffset).toBe(0);
    expect(logOf(broker, 2).directory).toBe("/b/orders-2");
  });

  test("a full disk acknowledges nothing, and with room again all acknowledged records are there after a restart", () => {
    const world = node();
    const first = start(world);
    const log = logOf(first);
    produce(log, batchOf(["a"]));
    world.machine.disk.capacityBytes = world.machine.disk.root.totalBytes() + 10;
    const refused = first.logs.guard(first.logs.directories[0], () => ({ appended: produce(log, batchOf(["b"])) }));
    expect(refused).toMatchObject({ errorCode: KAFKA_STORAGE_ERROR });
    first.kill();
    world.machine.disk.capacityBytes = 2 ** 40;
    const second = start(world);
    expect(contentOf(logOf(second))).toEqual(["0:a"]);
    expect(produce(logOf(second), batchOf(["c"])).baseOffset).toBe(1);
  });

  test("a sync that fails in the background takes the directory offline", async () => {
    const world = node();
    const broker = start(world, { config: { flushMessages: 1 } });
    const log = logOf(broker);
    world.machine.disk.faults.inject({ operation: "sync", errno: "EIO", path: ".log" });
    produce(log, batchOf(["a"]));
    await world.simulation.run({ forMs: 1000 });
    expect(broker.failed).toHaveLength(1);
    expect(log.isClosed).toBe(true);
  });

  test.each([
    { errno: "EROFS", says: "/data: the file system is read-only: mount it for writing" },
    { errno: "EACCES", says: "chown" },
  ] as const)("a directory with $errno is refused with the way out", ({ errno, says }) => {
    const world = node();
    world.machine.disk.faults.inject({ operation: "mkdir", errno });
    expect(() => start(world)).toThrow(says);
  });

  test("no directory at all is refused", () => {
    const world = node();
    world.machine.disk.faults.inject({ operation: "mkdir", errno: "EROFS", times: 9 });
    expect(() => start(world)).toThrow("none of the log directories");
  });
});

describe("damaged files", () => {
  test("a checkpoint is not used, and everything is recovered from the records", () => {
    const world = node();
    const first = start(world);
    produce(logOf(first), batchOf(["a"]));
    first.kill();
    world.machine
      .start("somebody")
      .environment.disk.writeFileAtomic("/data/recovery-point-offset-checkpoint", Buffer.from("0\n7\nbroken"));
    const second = start(world);
    expect(contentOf(logOf(second))).toEqual(["0:a"]);
    expect(world.simulation.log.named("checkpoint is damaged and is not used")).toHaveLength(1);
  });

  test("a partition whose topic id cannot be read answers 56 and leaves the others alone", async () => {
    const world = node();
    const first = start(world);
    produce(logOf(first, 0), batchOf(["a"]));
    produce(logOf(first, 1), batchOf(["b"]));
    await world.simulation.settle(first.logs.close(1));
    world.machine
      .start("somebody")
      .environment.disk.writeFileAtomic("/data/orders-0/partition.metadata", Buffer.from("damaged"));
    const second = start(world);
    expect(second.logs.logFor({ topic: "orders", partition: 0 }, TOPIC_ID)).toMatchObject({
      errorCode: KAFKA_STORAGE_ERROR,
    });
    expect(contentOf(logOf(second, 1))).toEqual(["0:b"]);
    expect(second.logs.directories[0]?.online).toBe(true);
  });
});

describe("compaction", () => {
  const compacted = { segmentBytes: 300, cleanupPolicy: { delete: false, compact: true } };

  test("takes up what is dirty by itself, writes down how far it is, and goes on from there after a restart", async () => {
    const world = node();
    const first = start(world, { config: compacted });
    first.logs.start();
    for (let count = 0; count < 20; count++) produce(logOf(first), batchOf([`value ${count}`.padEnd(90)]));
    await world.simulation.run({ forMs: 16_000 });
    const active = logOf(first).segments.at(-1)?.baseOffset ?? 0;
    expect(text(first, "/data/cleaner-offset-checkpoint")).toBe(`0\n1\norders 0 ${active}\n`);
    expect(contentOf(logOf(first))[0]).toBe(`${active - 1}:${`value ${active - 1}`.padEnd(90)}`);
    await world.simulation.settle(first.logs.close(1));
    expect(logOf(start(world, { config: compacted })).cleanedOffset).toBe(active);
  });

  test("waits for min.cleanable.dirty.ratio, but not longer than max.compaction.lag.ms", async () => {
    const world = node();
    const config = { ...compacted, minCleanableDirtyRatio: 1, maxCompactionLagMs: 60_000 };
    const broker = start(world, { config });
    broker.logs.start();
    const startMs = broker.environment.clock.wallMs();
    for (let count = 0; count < 6; count++)
      produce(logOf(broker), batchOf(["v".repeat(90)], { timestampMs: startMs }), { nowMs: startMs });
    await world.simulation.run({ forMs: 50_000 });
    expect(contentOf(logOf(broker))).toHaveLength(6);
    await world.simulation.run({ forMs: 30_000 });
    expect(contentOf(logOf(broker)).length).toBeLessThan(4);
  });

  test("is not done where log.cleaner.enable is off", async () => {
    const world = node();
    const settings = { ...defaultCleanerSettings, enabled: false };
    const broker = start(world, { config: compacted, cleaner: settings });
    broker.logs.start();
    for (let count = 0; count < 6; count++) produce(logOf(broker), batchOf(["v".repeat(90)]));
    await world.simulation.run({ forMs: 60_000 });
    expect(contentOf(logOf(broker))).toHaveLength(6);
  });

  test("of a disk that fails takes the directory offline", async () => {
    const world = node();
    const broker = start(world, { config: compacted });
    broker.logs.start();
    for (let count = 0; count < 6; count++) produce(logOf(broker), batchOf(["v".repeat(90)]));
    world.machine.disk.faults.inject({ operation: "write", errno: "ENOSPC", path: ".cleaned" });
    await world.simulation.run({ forMs: 60_000 });
    expect(broker.failed).toHaveLength(1);
  });
});

describe("log.flush.policy=group", () => {
  const config: Partial<LogConfig> = { flushPolicy: "group" };

  test("promises only what outlives the machine, with one flush for all that wait", async () => {
    const world = node();
    const first = start(world, { config });
    const log = logOf(first);
    const waited: number[] = [];
    for (let count = 0; count < 5; count++) {
      produce(log, batchOf(["v"]));
      waited.push(log.promisedEndOffset);
    }
    expect(waited).toEqual([0, 0, 0, 0, 0]);
    await world.simulation.run({ until: () => log.promisedEndOffset > 0 });
    expect(log.promisedEndOffset).toBe(1);
    await world.simulation.run({ until: () => log.promisedEndOffset > 1 });
    expect(log.promisedEndOffset).toBe(5);
    world.machine.cutPower();
    expect(contentOf(logOf(start(world, { config })))).toHaveLength(5);
  });

  test("promises nothing more when a flush fails", async () => {
    const world = node();
    const broker = start(world, { config });
    world.machine.disk.faults.inject({ operation: "sync", errno: "EIO", path: ".log" });
    const log = logOf(broker);
    produce(log, batchOf(["v"]));
    await world.simulation.run({ until: () => broker.failed.length > 0 });
    expect(log.promisedEndOffset).toBe(0);
  });
});

describe("a partition in two directories", () => {
  /** What a lost rename or a copied disk leaves: orders-0 in /a, and in /b as a broker with that one alone made it. */
  function inTwo(world: Node, other: { readonly topicId: string; readonly records: readonly string[] }): void {
    const first = start(world, { directories: ["/a"] });
    produce(logOf(first), batchOf(["a", "b"]));
    first.kill();
    const second = start(world, { directories: ["/b"] });
    for (const value of other.records) produce(logOf(second, 0, other.topicId), batchOf([value]), { leaderEpoch: 1 });
    second.kill();
  }
  const left = (broker: Broker): string[] =>
    ["/a", "/b"].flatMap((path) =>
      names(broker, path).flatMap((name) => (name.startsWith("orders") ? [`${path} ${name.slice(-6)}`] : [])),
    );

  test("of two topics is that of the present topic; the other is set aside", () => {
    const world = node();
    inTwo(world, { topicId: OTHER_ID, records: ["x"] });
    const broker = start(world, { directories: ["/a", "/b"] });
    expect(contentOf(logOf(broker, 0, OTHER_ID))).toEqual(["0:x"]);
    expect(left(broker)).toEqual(["/a -stray", "/b ders-0"]);
  });

  test("with records of its own each goes on with the later epoch, and the other one is kept aside", () => {
    const world = node();
    inTwo(world, { topicId: TOPIC_ID, records: ["x"] });
    const broker = start(world, { directories: ["/a", "/b"] });
    expect(contentOf(logOf(broker))).toEqual(["0:x"]);
    expect(left(broker)).toEqual(["/a -stray", "/b ders-0"]);
  });
});
