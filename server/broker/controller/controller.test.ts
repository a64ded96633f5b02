import { beforeAll, describe, expect, test } from "vitest";
import type { Disk } from "../../environment/environment.ts";
import { Simulation } from "../../environment/simulated/simulation.ts";
import type { RequestInput } from "../../wire/api.ts";
import { CreateTopics } from "../../wire/apis/create-topics.ts";
import { DescribeQuorum } from "../../wire/apis/describe-quorum.ts";
import { NONE } from "../../wire/errors.ts";
import { encodeRequestFrame } from "../../wire/frame.ts";
import { batchesIn } from "../../wire/record-batch.ts";
import { loadCompression } from "../../wire/compression.ts";
import { ANONYMOUS } from "../principal.ts";
import { isRefusal } from "../refusal.ts";
import type { MetadataImage } from "./image.ts";
import {
  CLUSTER_ID,
  SimulatedBroker,
  startController,
  type SimulatedController,
} from "./testing/simulated-controller.ts";

beforeAll(loadCompression);

const LONG_MS = 60_000;

function topic(name: string, numPartitions = 1, replicationFactor = 1): RequestInput<typeof CreateTopics> {
  return { topics: [{ name, numPartitions, replicationFactor }], timeoutMs: LONG_MS };
}

function content(image: MetadataImage): unknown {
  const { provenance: _provenance, ...rest } = image;
  return structuredClone(rest);
}

async function create(
  simulation: Simulation,
  broker: SimulatedBroker,
  name: string,
  partitions = 1,
  replicas = 1,
): Promise<number | undefined> {
  const deadlineMs = simulation.time.nowMs + LONG_MS;
  const response = await simulation.settle(
    broker.channel.send(CreateTopics, topic(name, partitions, replicas), deadlineMs),
  );
  return response.topics[0]?.errorCode;
}

/** A controller and a broker that takes part. */
async function cluster(seed: number, settings: Readonly<Record<string, string>> = {}) {
  const simulation = new Simulation(seed);
  const machine = simulation.machine("controller");
  const controller = await startController(simulation, machine, settings);
  const broker = new SimulatedBroker(1, simulation.machine("one"));
  await simulation.settle(broker.start());
  return { simulation, machine, controller, broker };
}

async function restart(
  simulation: Simulation,
  machine: ReturnType<Simulation["machine"]>,
  settings: Readonly<Record<string, string>> = {},
): Promise<SimulatedController> {
  return startController(simulation, machine, settings);
}

describe("a new cluster", () => {
  test("begins as Apache Kafka 4.2 begins one", async () => {
    const { controller, machine } = await cluster(1);
    const { image } = controller.node.controller;
    expect(Object.fromEntries(image.features)).toEqual({
      "metadata.version": 29,
      "eligible.leader.replicas.version": 1,
      "group.version": 1,
      "share.version": 1,
      "streams.version": 1,
      "transaction.version": 2,
    });
    const disk = machine.start("reader").environment.disk;
    const read = (path: string): string => Buffer.from(disk.readFile(`/data/controller/${path}`) ?? []).toString();
    expect(read("__cluster_metadata-0/quorum-state")).toBe(
      '{"clusterId":"","leaderId":100,"leaderEpoch":1,"votedId":-1,"appliedOffset":0,"currentVoters":[{"voterId":100}],"data_version":0}',
    );
    expect(read("__cluster_metadata-0/partition.metadata")).toBe("version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAAQ");
    expect(read("meta.properties")).toMatch(/cluster.id=4L6g3nShT-eMCtK--X86sw\n[^]*node.id=100\nversion=1\n/);
  });

  test("has the broker, unfenced, on controller and broker alike", async () => {
    const { controller, broker } = await cluster(2);
    expect(controller.node.controller.image.brokers.get(1)).toMatchObject({
      fenced: false,
      epoch: broker.lifecycle.brokerEpoch,
    });
    expect(broker.lifecycle.isFenced).toBe(false);
  });
});

describe("a broker", () => {
  test("knows what the controller knows, and is told once of each change", async () => {
    const { simulation, controller, broker } = await cluster(3);
    expect(await create(simulation, broker, "orders", 3)).toBe(NONE);
    await simulation.settle(
      broker.follower.whenImage((image) => image.topicsByName.has("orders"), simulation.time.nowMs + LONG_MS),
    );
    expect(content(broker.follower.image)).toEqual(content(controller.node.controller.image));
    const created = broker.told.filter(({ changes }) => changes.topicsCreated.size > 0);
    expect(created).toHaveLength(1);
    expect([...(created[0]?.changes.partitions.values() ?? [])]).toEqual([new Set([0, 1, 2])]);
  });

  test("forwards a client's request with its bytes, and gets the response for it", async () => {
    const { simulation, broker } = await cluster(4);
    const header = { requestApiVersion: 7, correlationId: 4711, clientId: "somebody" };
    const frame = Buffer.concat(encodeRequestFrame(CreateTopics, header, topic("orders"))).subarray(4);
    const request = { bytes: frame, principal: ANONYMOUS, clientHost: "10.1.2.3" };
    const answer = await simulation.settle(broker.channel.forward(request, simulation.time.nowMs + LONG_MS));
    if (isRefusal(answer)) throw new Error(answer.message);
    expect(new DataView(answer.buffer, answer.byteOffset).getInt32(0)).toBe(4711);
    const isKnown = broker.follower.whenImage(
      (image) => image.topicsByName.has("orders"),
      simulation.time.nowMs + LONG_MS,
    );
    expect(await simulation.settle(isKnown)).toBe(true);
  });

  test("is answered with a time-out when the controller is away for longer than it may take", async () => {
    const { simulation, controller, machine, broker } = await cluster(5);
    machine.kill(controller.process);
    const request = { bytes: new Uint8Array(20), principal: ANONYMOUS, clientHost: "::1" };
    expect(await simulation.settle(broker.channel.forward(request, simulation.time.nowMs + 1000))).toMatchObject({
      errorCode: 7,
    });
  });

  test("that is not heard of for the session time is fenced, and comes back by its next heartbeat", async () => {
    const { simulation, controller, broker } = await cluster(6);
    await create(simulation, broker, "orders");
    simulation.network.faults.split(["one"], ["controller"]);
    const isFenced = (): boolean => controller.node.controller.image.brokers.get(1)?.fenced === true;
    await simulation.run({ until: isFenced, forMs: LONG_MS });
    expect(controller.node.controller.image.topicsByName.get("orders")?.partitions[0]).toMatchObject({ leader: -1 });
    simulation.network.faults.heal();
    await simulation.run({ until: () => !isFenced(), forMs: LONG_MS });
    expect(controller.node.controller.image.topicsByName.get("orders")?.partitions[0]).toMatchObject({
      leader: 1,
      leaderRecoveryState: 0,
    });
  });

  test("that stops in order is fenced at once", async () => {
    const { simulation, controller, broker } = await cluster(7);
    await create(simulation, broker, "orders");
    await simulation.settle(broker.lifecycle.controlledShutdown(simulation.time.nowMs + LONG_MS));
    expect(controller.node.controller.image.brokers.get(1)?.fenced).toBe(true);
    expect(controller.node.controller.image.topicsByName.get("orders")?.partitions[0]).toMatchObject({
      leader: -1,
      eligibleLeaderReplicas: [1],
    });
  });

  test("hands over and goes within a moment, because the others' fetches tell that they know", async () => {
    const { simulation, controller, broker } = await cluster(28);
    const other = new SimulatedBroker(2, simulation.machine("two"));
    await simulation.settle(other.start());
    expect(await create(simulation, broker, "orders", 2, 2)).toBe(NONE);
    await simulation.run({ forMs: 100 });
    const beganMs = simulation.time.nowMs;
    await simulation.settle(broker.lifecycle.controlledShutdown(simulation.time.nowMs + LONG_MS));
    expect(simulation.time.nowMs - beganMs).toBeLessThan(500);
    const leaders = controller.node.controller.image.topicsByName.get("orders")?.partitions.map(({ leader }) => leader);
    expect(leaders).toEqual([2, 2]);
  });

  test("with another broker's directory is refused", async () => {
    const { simulation } = await cluster(8);
    const impostor = new SimulatedBroker(2, simulation.machine("two"), { directory: "directory1".padEnd(22, "A") });
    await expect(simulation.settle(impostor.start())).rejects.toThrow(/INVALID_REGISTRATION/);
  });
});

describe("a controller that comes back", () => {
  test("has the image that it had, in a new epoch", async () => {
    const { simulation, controller, machine, broker } = await cluster(9);
    await create(simulation, broker, "orders", 3);
    const before = content(controller.node.controller.image);
    await simulation.settle(controller.node.stop());
    const again = await restart(simulation, machine);
    const after = content(again.node.controller.image);
    expect(again.node.controller.log.epoch).toBe(2);
    expect({ ...(after as object), controllers: 0 }).toEqual({ ...(before as object), controllers: 0 });
  });

  test("is followed again by brokers that stayed, without their being registered anew", async () => {
    const { simulation, controller, machine, broker } = await cluster(10);
    const epoch = broker.lifecycle.brokerEpoch;
    machine.kill(controller.process);
    await simulation.run({ forMs: 2000 });
    const again = await restart(simulation, machine);
    expect(await create(simulation, broker, "orders")).toBe(NONE);
    await simulation.settle(
      broker.follower.whenImage((image) => image.topicsByName.has("orders"), simulation.time.nowMs + LONG_MS),
    );
    await simulation.run({ forMs: 30_000 });
    expect(again.node.controller.image.brokers.get(1)).toMatchObject({ fenced: false, epoch });
    expect(broker.lifecycle.brokerEpoch).toBe(epoch);
  });

  test.each([11, 12, 13, 14, 15, 16, 17, 18])(
    "lost nothing that it had answered when the power went (seed %i)",
    async (seed) => {
      const { simulation, controller, machine, broker } = await cluster(seed);
      const answered: string[] = [];
      const pending: Promise<unknown>[] = [];
      for (let index = 0; index < 20; index++) {
        const name = `topic-${index}`;
        const sent = broker.channel.send(CreateTopics, topic(name, 2), simulation.time.nowMs + LONG_MS);
        pending.push(
          sent.then(({ topics }) => topics[0]?.errorCode === NONE && answered.push(name)).catch(() => undefined),
        );
      }
      await simulation.run({ until: () => answered.length >= simulation.random.int(0, 20), forMs: LONG_MS });
      const promised = [...answered];
      expect(controller.faults).toEqual([]);
      machine.cutPower();
      const again = await restart(simulation, machine);
      expect([...again.node.controller.image.topicsByName.keys()]).toEqual(expect.arrayContaining(promised));
      await simulation.settle(Promise.all(pending));
      await simulation.settle(
        broker.follower.whenImage(
          (image) => image.topicsByName.size === again.node.controller.image.topicsByName.size,
          simulation.time.nowMs + LONG_MS,
        ),
      );
      expect(content(broker.follower.image)).toEqual(content(again.node.controller.image));
    },
  );

  test("reads its newest snapshot and what came after it", async () => {
    const settings = { "metadata.log.max.record.bytes.between.snapshots": "2000" };
    const { simulation, controller, machine, broker } = await cluster(19, settings);
    for (let index = 0; index < 30; index++) await create(simulation, broker, `topic-${index}`, 2);
    expect(controller.node.controller.log.snapshot).toBeDefined();
    const before = content(controller.node.controller.image);
    await simulation.settle(controller.node.stop());
    const again = await restart(simulation, machine, settings);
    expect({ ...(content(again.node.controller.image) as object), controllers: 0 }).toEqual({
      ...(before as object),
      controllers: 0,
    });
  });

  test("goes on when it died in the middle of a write", async () => {
    const { simulation, controller, machine, broker } = await cluster(20);
    await create(simulation, broker, "before");
    machine.killDuringWrite(controller.process);
    const sent = broker.channel.send(CreateTopics, topic("torn"), simulation.time.nowMs + LONG_MS);
    await simulation.run({ until: () => !controller.process.isAlive, forMs: LONG_MS });
    const again = await restart(simulation, machine);
    expect(again.node.controller.image.topicsByName.has("before")).toBe(true);
    expect((await simulation.settle(sent)).topics[0]?.errorCode).toBe(NONE);
    expect(again.node.controller.image.topicsByName.has("torn")).toBe(true);
  });
});

test("a broker that knows nothing gets the snapshot when the log no longer reaches back", async () => {
  const settings = {
    "metadata.log.max.record.bytes.between.snapshots": "2000",
    "metadata.max.retention.bytes": "1000",
    "internal.metadata.log.segment.bytes": "1000",
  };
  const { simulation, controller, broker } = await cluster(21, settings);
  for (let index = 0; index < 30; index++) await create(simulation, broker, `topic-${index}`, 2);
  expect(controller.node.controller.log.logStartOffset).toBeGreaterThan(0);
  const late = new SimulatedBroker(2, simulation.machine("two"));
  await simulation.settle(late.start());
  const { highWatermark } = controller.node.controller.log;
  await simulation.settle(
    late.follower.whenImage((image) => image.provenance.offset + 1 >= highWatermark, simulation.time.nowMs + LONG_MS),
  );
  expect(content(late.follower.image)).toEqual(content(controller.node.controller.image));
  expect(simulation.log.named("metadata snapshot loaded")).not.toEqual([]);
});

test("a clean stop with much to replay leaves a snapshot, from which controller and brokers start", async () => {
  const { simulation, controller, machine, broker } = await cluster(27);
  for (let index = 0; index < 40; index++) await create(simulation, broker, `topic-${index}`, 200);
  expect(controller.node.controller.log.snapshot).toBeUndefined();
  await simulation.settle(controller.node.stop());
  const { log } = (await restart(simulation, machine)).node.controller;
  expect(log.snapshot?.endOffset).toBeGreaterThan(8_000);
  const late = new SimulatedBroker(2, simulation.machine("two"));
  await simulation.settle(late.start());
  await simulation.settle(
    late.follower.whenImage(
      (image) => image.provenance.offset + 1 >= log.highWatermark,
      simulation.time.nowMs + LONG_MS,
    ),
  );
  expect(late.follower.image.topicsByName.size).toBe(40);
  expect(simulation.log.named("metadata snapshot loaded")).not.toEqual([]);
});

test("a broker whose metadata is another cluster's past starts over", async () => {
  const { simulation, controller, machine, broker } = await cluster(22);
  await create(simulation, broker, "orders");
  await simulation.settle(
    broker.follower.whenImage((image) => image.topicsByName.has("orders"), simulation.time.nowMs + LONG_MS),
  );
  machine.kill(controller.process);
  machine.start("eraser").environment.disk.remove("/data/controller");
  const again = await restart(simulation, machine);
  await simulation.run({
    until: () => !broker.follower.image.topicsByName.has("orders") && broker.follower.image.brokers.size === 1,
    forMs: LONG_MS,
  });
  await simulation.run({ forMs: 5000 });
  expect(content(broker.follower.image)).toEqual(content(again.node.controller.image));
});

test("a controller that cannot write says so and stops", async () => {
  const { simulation, controller, machine, broker } = await cluster(23);
  machine.disk.faults.inject({ operation: "sync", errno: "EIO", path: "__cluster_metadata", times: 5 });
  const sent = broker.channel.send(CreateTopics, topic("orders"), simulation.time.nowMs + 2000);
  await expect(simulation.settle(sent)).rejects.toThrow(/did not answer/);
  expect(controller.faults[0]).toMatchObject({ name: "DiskError", errno: "EIO" });
});

test("a controller whose disk is full says so", async () => {
  const { simulation, controller, machine, broker } = await cluster(25);
  machine.disk.faults.inject({ operation: "write", errno: "ENOSPC", path: "__cluster_metadata", times: 9 });
  const sent = broker.channel.send(CreateTopics, topic("orders"), simulation.time.nowMs + 2000);
  await expect(simulation.settle(sent)).rejects.toThrow(/closed the connection|did not answer/);
  expect(controller.faults[0]).toMatchObject({ name: "DiskError", errno: "ENOSPC" });
  expect(controller.node.controller.image.topicsByName.has("orders")).toBe(false);
});

test("a log that begins in the middle without a snapshot is refused, not taken for a new cluster", async () => {
  const settings = {
    "metadata.log.max.record.bytes.between.snapshots": "2000",
    "metadata.max.retention.bytes": "1000",
    "internal.metadata.log.segment.bytes": "1000",
  };
  const { simulation, controller, machine, broker } = await cluster(26, settings);
  for (let index = 0; index < 30; index++) await create(simulation, broker, `topic-${index}`, 2);
  await simulation.settle(controller.node.stop());
  const { disk } = machine.start("eraser").environment;
  for (const { name } of disk.list("/data/controller/__cluster_metadata-0"))
    if (name.endsWith(".checkpoint")) disk.remove(`/data/controller/__cluster_metadata-0/${name}`);
  await expect(restart(simulation, machine, settings)).rejects.toThrow(/there is no snapshot/);
});

describe("damage", () => {
  const settings = { "metadata.log.max.record.bytes.between.snapshots": "2000" };
  const directory = "/data/controller/__cluster_metadata-0";

  /** A controller that has stopped in order, after topics and a snapshot, started anew a good while later, and more topics. */
  async function used() {
    const { simulation, controller, machine, broker } = await cluster(28, settings);
    for (let index = 0; index < 20; index++) await create(simulation, broker, `topic-${index}`, 2);
    await simulation.settle(controller.node.stop());
    await simulation.run({ forMs: 3 * LONG_MS });
    const again = await restart(simulation, machine, settings);
    await create(simulation, broker, "last", 2);
    await simulation.settle(again.node.stop());
    return { simulation, machine, disk: machine.start("vandal").environment.disk };
  }

  function flipByte(disk: Disk, path: string, position: number): void {
    const bytes = Uint8Array.from(disk.readFile(path) ?? []);
    bytes[position] = (bytes[position] ?? 0) ^ 0x40;
    disk.writeFileAtomic(path, bytes);
  }

  test("in the middle of the metadata log is refused by name, and nothing is cut", async () => {
    const { simulation, machine, disk } = await used();
    const path = `${directory}/00000000000000000000.log`;
    const sizeBytes = disk.readFile(path)?.byteLength;
    flipByte(disk, path, 2_000);
    await expect(restart(simulation, machine, settings)).rejects.toThrow(
      /0000\.log is damaged at byte \d+, and there are sound records behind it.*restore the directory from a copy/,
    );
    expect(disk.readFile(path)?.byteLength).toBe(sizeBytes);
    flipByte(disk, path, 2_000);
    expect((await restart(simulation, machine, settings)).node.controller.image.topicsByName.has("last")).toBe(true);
  });

  test.each([
    ["a byte is another", (bytes: Uint8Array) => bytes.map((byte, index) => (index === 500 ? byte ^ 1 : byte))],
    ["its end is gone", (bytes: Uint8Array) => bytes.subarray(0, -20)],
    ["its footer is gone", (bytes: Uint8Array) => bytes.subarray(0, batchStarts(bytes).at(-1))],
    ["it is empty", () => new Uint8Array(0)],
  ])("of a snapshot of which %s is refused by name; without it the log has all", async (_, spoil) => {
    const { simulation, machine, disk } = await used();
    const snapshots = disk.list(directory).filter(({ name }) => name.endsWith(".checkpoint"));
    const path = `${directory}/${snapshots.at(-1)?.name}`;
    disk.writeFileAtomic(path, spoil(disk.readFile(path) ?? new Uint8Array(0)));
    await expect(restart(simulation, machine, settings)).rejects.toThrow(
      /metadata snapshot .*\.checkpoint is damaged at byte \d+: remove the file/,
    );
    disk.remove(path);
    expect((await restart(simulation, machine, settings)).node.controller.image.topicsByName.has("last")).toBe(true);
  });
});

function batchStarts(bytes: Uint8Array): number[] {
  return [...batchesIn(bytes)].map(({ position }) => position);
}

test("an idle controller writes an empty record now and then, and a snapshot by time, when asked to", async () => {
  const settings = { "metadata.max.idle.interval.ms": "500", "metadata.log.max.snapshot.interval.ms": "60000" };
  const { simulation, controller } = await cluster(27, settings);
  const before = controller.node.controller.log.logEndOffset;
  await simulation.run({ forMs: 10_000 });
  expect(controller.node.controller.log.logEndOffset - before).toBeGreaterThan(10);
  await simulation.run({ forMs: 60_000 });
  expect(controller.node.controller.log.snapshot).toBeDefined();
});

test("the quorum is one voter, and brokers observe it", async () => {
  const { simulation, controller, broker } = await cluster(24);
  const topics = [{ topicName: "__cluster_metadata", partitions: [{ partitionIndex: 0 }] }];
  const response = await simulation.settle(
    broker.channel.send(DescribeQuorum, { topics }, simulation.time.nowMs + LONG_MS),
  );
  expect(response.topics[0]?.partitions[0]).toMatchObject({
    leaderId: 100,
    leaderEpoch: 1,
    highWatermark: controller.node.controller.log.highWatermark,
    currentVoters: [{ replicaId: 100, logEndOffset: controller.node.controller.log.logEndOffset }],
    observers: [{ replicaId: 1 }],
  });
  expect(response.nodes).toEqual([
    { nodeId: 100, listeners: [{ name: "CONTROLLER", host: "controller", port: 9190 }] },
  ]);
  expect(controller.node.controller.clusterId).toBe(CLUSTER_ID);
});
