import { describe, expect, test } from "vitest";
import { type RunningProgram, type SimulatedMachine, Simulation } from "../../environment/simulated/simulation.ts";
import { batchesIn } from "../../wire/record-batch.ts";
import { KAFKA_STORAGE_ERROR, NONE } from "../../wire/errors.ts";
import { noChanges, touchPartition } from "../controller/changes.ts";
import { emptyImage, type PartitionImage } from "../controller/image.ts";
import { defaultLogConfig } from "../log/log-config.ts";
import { LogManager } from "../log/log-manager.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import { checkDerived } from "../log/testing/check-derived.ts";
import { batchOf, contentOf } from "../log/testing/test-log.ts";
import { isRefusal } from "../refusal.ts";
import { ReplicaManager } from "./replica-manager.ts";
import { ReplicaMoves } from "./replica-moves.ts";
import { ReplicationQuota } from "./replication-quota.ts";
import { partitionImage } from "./testing/partition-image.ts";

const ORDERS = { topic: "orders", partition: 0 };
const ORDERS_ID = "bd5pUXVeTlyHmEmoP2Y_JA";
const DIRECTORIES = ["/a", "/b"];
const VALUE = "v".repeat(200);
/** More than a move with its writers takes. */
const LONG_MS = 1_000;

type Broker = {
  readonly program: RunningProgram;
  readonly logs: LogManager;
  readonly replicas: ReplicaManager;
  readonly moves: ReplicaMoves;
};

/** "group" where the machine dies: what is promised then is on disk. */
type Policy = "none" | "group";

function start(
  machine: SimulatedMachine,
  policy: Policy,
  partition: Partial<PartitionImage> = {},
  bytesPerSecond = 1_000_000_000,
): Broker {
  const program = machine.start("broker");
  const { environment } = program;
  const logs = LogManager.open(environment, {
    directories: DIRECTORIES,
    clusterId: "3Qxm0hhVSDu1Dm4RW9B2Mg",
    nodeId: 1,
    configOf: () => ({ ...defaultLogConfig, segmentBytes: 1_800, flushPolicy: policy }),
    retentionCheckIntervalMs: 300_000,
    checkpointIntervalMs: 60_000,
    onFlushed: (topicPartition) => replicas.flushed(topicPartition),
  });
  const replicas: ReplicaManager = new ReplicaManager(environment, { nodeId: 1, logs });
  const quota = new ReplicationQuota(environment.clock, {
    nodeId: 1,
    bytesPerSecond: () => bytesPerSecond,
    throttledReplicas: () => "*",
    burstSeconds: () => 1,
  });
  const moves = new ReplicaMoves(environment, { logs, replicas, quota, onFatal: rethrow });
  const broker = { program, logs, replicas, moves };
  tell(broker, partition);
  moves.resume();
  return broker;
}

function rethrow(error: unknown): void {
  throw error;
}

/** The metadata, as the broker hears them. */
function tell({ replicas }: Broker, partition: Partial<PartitionImage> = {}): void {
  const image = emptyImage();
  const topic = { id: ORDERS_ID, name: "orders", partitions: [partitionImage(0, partition)] };
  image.topicsById.set(topic.id, topic);
  image.topicsByName.set(topic.name, topic);
  const changes = noChanges();
  touchPartition(changes, topic.id, 0);
  replicas.applyMetadata(image, changes);
}

/** Writes a record every few milliseconds, and notes what was promised. */
function write(broker: Broker, promised: string[], count = 0): void {
  const { replicas } = broker;
  const { clock } = broker.program.environment;
  const values = [`${count}${VALUE}`];
  const appended = replicas.append(ORDERS, batchOf(values), { acks: -1, origin: "client", apiVersion: 12 });
  if (isRefusal(appended)) return;
  const end = appended.lastOffset + 1;
  replicas.awaitPromise(ORDERS, end, Infinity, (errorCode) => {
    if (errorCode === NONE) promised.push(`${appended.baseOffset}:${values[0]}`);
  });
  clock.at(clock.monotonicMs() + 8, () => write(broker, promised, count + 1));
}

function openedLog({ logs }: Broker): PartitionLog {
  const log = logs.logFor(ORDERS, ORDERS_ID);
  if (isRefusal(log)) throw new Error(`refused with ${log.errorCode}: ${log.message ?? ""}`);
  return log;
}

/** Directories that have the partition's name. */
function places({ program }: Broker): string[] {
  return DIRECTORIES.filter((path) => program.environment.disk.exists(`${path}/orders-0`));
}

/** Dies in place of change number `index` of the disk during a move under load; answers what was promised, and whether it came that far. */
async function dieInMove(
  simulation: Simulation,
  machine: SimulatedMachine,
  policy: Policy,
  index: number,
): Promise<{ readonly promised: string[]; readonly hasDied: boolean }> {
  const broker = start(machine, policy);
  const promised: string[] = [];
  write(broker, promised);
  await simulation.run({ forMs: 30 });
  expect(broker.moves.move(ORDERS, "/b")).toBe(NONE);
  machine.killBeforeChange(broker.program.process, index);
  const { process } = broker.program;
  await simulation.run({ until: () => !process.isAlive || broker.moves.futures().length === 0, forMs: LONG_MS });
  // The old directory goes, and the new one is written to.
  await simulation.run({ until: () => !process.isAlive, forMs: 60 });
  const hasDied = !process.isAlive;
  machine.kill(broker.program.process);
  return { promised, hasDied };
}

describe.each([
  ["process", "none"],
  ["machine", "group"],
] as const)("a move between directories, as the %s dies before any change of the disk", (death, policy) => {
  test("leaves the partition in one of them, with all that was promised", async () => {
    const seen = new Set<string>();
    let changes = 0;
    let resumed = 0;
    for (let hasDied = true; hasDied && changes < 1_000; changes++) {
      const simulation = new Simulation(changes);
      const machine = simulation.machine("node-1");
      const died = await dieInMove(simulation, machine, policy, changes);
      ({ hasDied } = died);
      if (death === "machine") machine.cutPower();
      const broker = start(machine, policy);
      const found = new Set(contentOf(openedLog(broker)));
      expect(
        died.promised.filter((each) => !found.has(each)),
        `change ${changes}`,
      ).toEqual([]);
      checkDerived(openedLog(broker));
      expect(places(broker), `change ${changes}`).toHaveLength(1);
      seen.add(places(broker).join());
      const goesOn = broker.moves.futures().length > 0;
      resumed += goesOn ? 1 : 0;
      await simulation.run({ until: () => broker.moves.futures().length === 0, forMs: LONG_MS });
      if (goesOn) expect(places(broker), `change ${changes}`).toEqual(["/b"]);
      await simulation.settle(broker.moves.stop());
      await simulation.settle(broker.logs.close(1));
      expect(contentOf(openedLog(start(machine, policy)))).toEqual([...found]);
    }
    expect(changes).toBeGreaterThan(50);
    expect(resumed).toBeGreaterThan(10);
    expect([...seen].sort()).toEqual(DIRECTORIES);
  });
});

describe.each(DIRECTORIES)("a move whose disk %s fails", (failing) => {
  test.each(["write", "sync", "rename", "open", "truncate"] as const)("in any %s loses nothing", async (operation) => {
    let failures = 0;
    for (let hasFailed = true; hasFailed; failures++) {
      const simulation = new Simulation(failures);
      const machine = simulation.machine("node-1");
      const broker = start(machine, "none");
      const promised: string[] = [];
      write(broker, promised);
      await simulation.run({ forMs: 30 });
      machine.disk.faults.inject({ operation, errno: "EIO", path: `${failing}/`, after: failures });
      broker.moves.move(ORDERS, "/b");
      await simulation.run({ until: () => broker.moves.futures().length === 0, forMs: LONG_MS });
      await simulation.run({ forMs: 60 });
      hasFailed = broker.logs.directories.some(({ online }) => !online);
      if (!hasFailed) expect(places(broker)).toEqual(["/b"]);
      machine.kill(broker.program.process);
      machine.disk.faults.clear();
      const again = start(machine, "none");
      const found = new Set(contentOf(openedLog(again)));
      expect(
        promised.filter((each) => !found.has(each)),
        `${operation} ${failures}`,
      ).toEqual([]);
      expect(places(again)).toHaveLength(1);
    }
  });
});

test("a replica that loses its end to its leader in the middle of a move arrives without it", async () => {
  for (let atMs = 0; atMs < 60; atMs += 2) {
    const simulation = new Simulation(atMs);
    const machine = simulation.machine("node-1");
    const broker = start(machine, "none");
    write(broker, []);
    await simulation.run({ forMs: 30 });
    expect(broker.moves.move(ORDERS, "/b")).toBe(NONE);
    await simulation.run({ forMs: atMs });
    tell(broker, { replicas: [1, 2], isr: [1, 2], leader: 2, leaderEpoch: 4, partitionEpoch: 6 });
    const log = openedLog(broker);
    log.truncateTo(log.logEndOffset - 2, 0);
    // As long as what was taken: only the epochs tell them apart.
    const records = batchOf([`x${VALUE}`, `y${VALUE}`]);
    for (const batch of batchesIn(records))
      Object.assign(batch, { baseOffset: log.logEndOffset, partitionLeaderEpoch: 4 });
    log.appendAsFollower(records, 0);
    const kept = contentOf(log);
    await simulation.run({ until: () => broker.moves.futures().length === 0, forMs: LONG_MS });
    await simulation.run({ forMs: 60 });
    expect(places(broker)).toEqual(["/b"]);
    expect(contentOf(openedLog(broker)), `${atMs} ms`).toEqual(kept);
  }
});

describe("a move that is interrupted", () => {
  /** Below a record in each of the first steps, so that a move is on its way when it ends. */
  const SLOW = 4_000;
  /** A broker whose move has copied something and not all, and how much it has yet to copy. */
  async function halfway(simulation: Simulation, machine: SimulatedMachine) {
    const broker = start(machine, "none", {}, SLOW);
    const log = openedLog(broker);
    for (let count = 0; count < 60; count++)
      broker.replicas.append(ORDERS, batchOf([`${count}${VALUE}`]), { acks: 1, origin: "client", apiVersion: 12 });
    const lag = () => broker.moves.futures()[0]?.offsetLag ?? 0;
    expect(broker.moves.move(ORDERS, "/b")).toBe(NONE);
    await simulation.run({ until: () => lag() < 40, forMs: LONG_MS * 10 });
    expect(lag()).toBeGreaterThan(0);
    return { broker, lag: lag(), content: contentOf(log) };
  }

  test.each(["stop", "death"] as const)("by a %s goes on where it was", async (end) => {
    const simulation = new Simulation(end);
    const machine = simulation.machine("node-1");
    const { broker, lag, content } = await halfway(simulation, machine);
    if (end === "stop") {
      await simulation.settle(broker.moves.stop());
      await simulation.settle(broker.logs.close(1));
    }
    machine.kill(broker.program.process);
    const again = start(machine, "none", {}, SLOW);
    expect(again.moves.futures()).toMatchObject([{ offsetLag: lag, directory: { path: "/b" } }]);
    await simulation.run({ until: () => again.moves.futures().length === 0, forMs: LONG_MS * 60 });
    expect(places(again)).toEqual(["/b"]);
    expect(contentOf(openedLog(again))).toEqual(content);
    checkDerived(openedLog(again));
  });

  test("is given up where the topic was made anew meanwhile", async () => {
    const simulation = new Simulation("anew");
    const machine = simulation.machine("node-1");
    const { broker } = await halfway(simulation, machine);
    const { disk } = broker.program.environment;
    await simulation.settle(broker.moves.stop());
    await simulation.settle(broker.logs.close(1));
    const [name = ""] = disk.list("/b").flatMap((entry) => (entry.name.endsWith("-future") ? [entry.name] : []));
    disk.writeFileAtomic(
      `/b/${name}/partition.metadata`,
      Buffer.from("version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAAQ\n"),
    );
    machine.kill(broker.program.process);
    const again = start(machine, "none");
    expect(again.moves.futures()).toEqual([]);
    expect(places(again)).toEqual(["/a"]);
    again.logs.start();
    await simulation.run({ forMs: 10_000 });
    expect(again.program.environment.disk.exists(`/b/${name}`)).toBe(false);
  });
});

test("a replica that may be in a directory that failed is not begun anew in another", () => {
  const machine = new Simulation("lost").machine("node-1");
  const first = start(machine, "none");
  write(first, []);
  const directories = [first.logs.directories[0]?.id ?? ""];
  machine.kill(first.program.process);
  machine.disk.faults.inject({ operation: "list", errno: "EIO", path: "/a" });
  const second = start(machine, "none", { directories });
  expect(second.logs.directories.map(({ online }) => online)).toEqual([false, true]);
  expect(second.replicas.leader(ORDERS)).toMatchObject({ errorCode: KAFKA_STORAGE_ERROR });
  expect(places(second)).toEqual(["/a"]);
  machine.kill(second.program.process);
  expect(contentOf(openedLog(start(machine, "none", { directories })))).toHaveLength(1);
});
