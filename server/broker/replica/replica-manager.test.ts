import { describe, expect, test } from "vitest";
import { Simulation, type SimulatedMachine } from "../../environment/simulated/simulation.ts";
import {
  CORRUPT_MESSAGE,
  FENCED_LEADER_EPOCH,
  INVALID_TOPIC_EXCEPTION,
  KAFKA_STORAGE_ERROR,
  NONE,
  NOT_ENOUGH_REPLICAS,
  NOT_LEADER_OR_FOLLOWER,
  OFFSET_OUT_OF_RANGE,
  POLICY_VIOLATION,
  REQUEST_TIMED_OUT,
  UNKNOWN_LEADER_EPOCH,
  UNKNOWN_TOPIC_OR_PARTITION,
  UNSUPPORTED_COMPRESSION_TYPE,
} from "../../wire/errors.ts";
import { noChanges, touchPartition, type MutableChanges } from "../controller/changes.ts";
import { emptyImage, type PartitionImage, type TopicImage } from "../controller/image.ts";
import { defaultLogConfig, type LogConfig } from "../log/log-config.ts";
import { LogManager } from "../log/log-manager.ts";
import { batchOf, recordsIn } from "../log/testing/test-log.ts";
import { isRefusal } from "../refusal.ts";
import type { ProducedBatch } from "./replica-answers.ts";
import { partitionImage } from "./testing/partition-image.ts";
import { ReplicaManager, type ReadOptions } from "./replica-manager.ts";

const NODE_ID = 1;
const ORDERS = { topic: "orders", partition: 0 };
const ORDERS_ID = "bd5pUXVeTlyHmEmoP2Y_JA";
const OTHER_ID = "aaaaaaaaQaeaaaaaaaaaaA";
const READ: ReadOptions = { fetchOffset: 0, maxBytes: 10_000, atLeastOneBatch: true, isolation: "uncommitted" };

type Broker = {
  readonly simulation: Simulation;
  readonly machine: SimulatedMachine;
  readonly replicas: ReplicaManager;
  readonly logs: LogManager;
  readonly told: string[];
};

function broker(config: Partial<LogConfig> = {}): Broker {
  const simulation = new Simulation("replica manager");
  const machine = simulation.machine("node-1");
  const { environment } = machine.start("broker");
  const logs = LogManager.open(environment, {
    directories: ["/data"],
    clusterId: "3Qxm0hhVSDu1Dm4RW9B2Mg",
    nodeId: NODE_ID,
    configOf: () => ({ ...defaultLogConfig, ...config }),
    retentionCheckIntervalMs: 300_000,
    checkpointIntervalMs: 60_000,
  });
  const replicas = new ReplicaManager(environment, { nodeId: NODE_ID, logs });
  const told: string[] = [];
  replicas.onLeaderChange(({ topic, partition }, role, epoch) => told.push(`${topic}-${partition} ${role} ${epoch}`));
  return { simulation, machine, replicas, logs, told };
}

/** Tells the broker that the cluster has these topics, and these only. */
function metadata({ replicas }: Broker, topics: readonly TopicImage[], deleted: readonly TopicImage[] = []): void {
  const image = emptyImage();
  const changes: MutableChanges = noChanges();
  for (const topic of topics) {
    image.topicsById.set(topic.id, topic);
    image.topicsByName.set(topic.name, topic);
    for (const { partition } of topic.partitions) touchPartition(changes, topic.id, partition);
  }
  for (const topic of deleted) changes.topicsDeleted.set(topic.id, topic);
  replicas.applyMetadata(image, changes);
}

function orders(changes: Partial<PartitionImage> = {}, id = ORDERS_ID): TopicImage {
  return { name: "orders", id, partitions: [partitionImage(0, changes)] };
}

/** A broker that leads orders-0 in epoch 3. */
function leading(config: Partial<LogConfig> = {}, changes: Partial<PartitionImage> = {}): Broker {
  const made = broker(config);
  metadata(made, [orders(changes)]);
  return made;
}

/** Its log directories, described without giving way. */
function logDirs({ replicas }: Broker, asked: Parameters<ReplicaManager["describeLogDirs"]>[0] = null) {
  const work = replicas.describeLogDirs(asked);
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

function append({ replicas }: Broker, values: readonly string[], acks: -1 | 0 | 1 = -1): ProducedBatch {
  const appended = replicas.append(ORDERS, batchOf(values), { acks, origin: "client", apiVersion: 12 });
  if (isRefusal(appended)) throw new Error(`refused with ${appended.errorCode}: ${appended.message ?? ""}`);
  return appended;
}

describe("the role of a partition", () => {
  test("is leader when the metadata say so; everything else is answered with a code", () => {
    const made = broker();
    metadata(made, [
      orders(),
      { name: "elsewhere", id: OTHER_ID, partitions: [partitionImage(0, { replicas: [2], isr: [2], leader: 2 })] },
    ]);
    const code = (topic: string, partition = 0): number => {
      const answer = made.replicas.leader({ topic, partition });
      return isRefusal(answer) ? answer.errorCode : NONE;
    };
    expect([code("orders"), code("elsewhere"), code("orders", 1), code("nowhere")]).toEqual([
      NONE,
      NOT_LEADER_OR_FOLLOWER,
      UNKNOWN_TOPIC_OR_PARTITION,
      UNKNOWN_TOPIC_OR_PARTITION,
    ]);
    expect(made.told).toEqual(["orders-0 leader 3"]);
  });

  test("opens no file before the first use", () => {
    const { logs, replicas } = leading();
    expect(logs.openedLog(ORDERS)).toBeUndefined();
    const partition = replicas.leader(ORDERS);
    expect(isRefusal(partition) ? [] : partition.log.leaderEpochs.entries).toEqual([{ epoch: 3, startOffset: 0 }]);
  });

  test("of a follower refuses clients, and those who wait are told", () => {
    const made = leading({}, { replicas: [1, 2], isr: [1, 2] });
    append(made, ["a"]);
    const codes: number[] = [];
    made.replicas.awaitReplication(ORDERS, 1, 1000, (code) => codes.push(code));
    metadata(made, [orders({ replicas: [1, 2], isr: [2], leader: 2, leaderEpoch: 4, partitionEpoch: 6 })]);
    expect(codes).toEqual([NOT_LEADER_OR_FOLLOWER]);
    expect(made.replicas.read(ORDERS, READ)).toMatchObject({
      errorCode: NOT_LEADER_OR_FOLLOWER,
      highWatermark: -1,
      currentLeader: { leaderId: 2, leaderEpoch: 4 },
    });
    expect(made.told.at(-1)).toBe("orders-0 follower 4");
  });

  test("does not go back to an older leader epoch", () => {
    const made = leading();
    metadata(made, [orders({ leader: 2, leaderEpoch: 2 })]);
    expect(isRefusal(made.replicas.leader(ORDERS))).toBe(false);
  });

  test("ends with the topic: its log goes, and one made again under its name is empty", async () => {
    const made = leading();
    append(made, ["a"]);
    let woken = 0;
    made.replicas.watch([ORDERS], () => woken++);
    metadata(made, [orders({ leaderEpoch: 0 }, OTHER_ID)], [orders()]);
    await made.simulation.run({ forMs: 0 });
    expect(woken).toBe(1);
    expect(made.told).toEqual(["orders-0 leader 3", "orders-0 none 3", "orders-0 leader 0"]);
    expect(append(made, ["b"]).baseOffset).toBe(0);
  });
});

describe("directories that the metadata do not name", () => {
  test("are set aside at the first metadata, and left alone when those name nothing at all", () => {
    const first = leading();
    append(first, ["a"]);
    const { environment } = first.machine.start("broker");
    const open = (): LogManager =>
      LogManager.open(environment, {
        directories: ["/data"],
        clusterId: "3Qxm0hhVSDu1Dm4RW9B2Mg",
        nodeId: NODE_ID,
        configOf: () => defaultLogConfig,
        retentionCheckIntervalMs: 300_000,
        checkpointIntervalMs: 60_000,
      });
    const restarted = (logs: LogManager): Broker => ({
      ...first,
      logs,
      replicas: new ReplicaManager(environment, { nodeId: NODE_ID, logs }),
    });
    const directories = (): string[] =>
      environment.disk.list("/data").flatMap((entry) => (entry.isDirectory ? [entry.name] : []));
    metadata(restarted(open()), []);
    expect(directories()).toEqual(["orders-0"]);
    metadata(restarted(open()), [{ name: "other", id: OTHER_ID, partitions: [partitionImage(0)] }]);
    expect(directories()).toEqual([expect.stringMatching(/^orders-0\.[0-9a-f]{32}-stray$/)]);
  });
});

describe("an append", () => {
  test("of a single replica is committed at once", () => {
    const made = leading();
    expect(append(made, ["a", "b"])).toEqual({
      baseOffset: 0,
      lastOffset: 1,
      logAppendTimeMs: -1,
      duplicate: false,
      logStartOffset: 0,
      isPromised: true,
    });
    const codes: number[] = [];
    made.replicas.awaitReplication(ORDERS, 2, 1000, (code) => codes.push(code));
    expect(codes).toEqual([NONE]);
  });

  test("with acks=all needs min.insync.replicas, at most as many as there are replicas", () => {
    const two = leading({ minInsyncReplicas: 2 }, { replicas: [1, 2], isr: [1] });
    const answer = two.replicas.append(ORDERS, batchOf(["a"]), { acks: -1, origin: "client" });
    expect(answer).toMatchObject({ errorCode: NOT_ENOUGH_REPLICAS });
    expect(append(two, ["a"], 1).baseOffset).toBe(0);
    expect(append(leading({ minInsyncReplicas: 2 }), ["a"]).baseOffset).toBe(0);
  });

  test("waits for the followers in sync until its deadline", async () => {
    const made = leading({}, { replicas: [1, 2], isr: [1, 2] });
    append(made, ["a"]);
    const codes: number[] = [];
    made.replicas.awaitReplication(ORDERS, 1, 500, (code) => codes.push(code));
    expect(codes).toEqual([]);
    await made.simulation.run({ forMs: 600 });
    expect(codes).toEqual([REQUEST_TIMED_OUT]);
  });

  test.each([
    { name: "an older", epoch: 2, code: FENCED_LEADER_EPOCH },
    { name: "a newer", epoch: 4, code: UNKNOWN_LEADER_EPOCH },
  ])("of $name leader epoch is refused, as is a read", ({ epoch, code }) => {
    const { replicas } = leading();
    const options = { acks: 1, origin: "client", currentLeaderEpoch: epoch } as const;
    expect(replicas.append(ORDERS, batchOf(["a"]), options)).toMatchObject({ errorCode: code });
    expect(replicas.read(ORDERS, { ...READ, currentLeaderEpoch: epoch }).errorCode).toBe(code);
    const listed = replicas.listOffset(ORDERS, {
      timestamp: -1,
      isolation: "uncommitted",
      version: 9,
      currentLeaderEpoch: epoch,
    });
    expect(listed.errorCode).toBe(code);
    expect(replicas.offsetForLeaderEpoch(ORDERS, { leaderEpoch: 3, currentLeaderEpoch: epoch }).errorCode).toBe(code);
  });

  test("is not needed to tell offsets and sizes: a log is made when it is written to or read from", () => {
    const made = leading();
    const listed = (timestamp: number) =>
      made.replicas.listOffset(ORDERS, { timestamp, isolation: "committed", version: 11 });
    const described = () => logDirs(made).map(({ path, topics }) => ({ path, topics }));
    const questions = [-1, -2, -3, 7].map(listed);
    const sizes = described();
    expect(made.logs.partitions()).toEqual([]);
    expect(isRefusal(made.replicas.leader(ORDERS))).toBe(false);
    expect(made.logs.partitions()).toEqual([ORDERS]);
    expect([-1, -2, -3, 7].map(listed)).toEqual(questions);
    expect(described()).toEqual(sizes);
    expect(questions[0]).toEqual({ errorCode: NONE, offset: 0, timestamp: -1, leaderEpoch: 3 });
    const partitions = [{ partition: 0, sizeBytes: 0, offsetLag: 0, isFuture: false }];
    expect(sizes).toEqual([{ path: "/data", topics: [{ name: "orders", partitions }] }]);
  });

  test("that the disk refuses answers 56, then and later", () => {
    const made = leading();
    append(made, ["a"]);
    made.machine.disk.faults.inject({ operation: "write", errno: "ENOSPC", path: ".log" });
    const refused = made.replicas.append(ORDERS, batchOf(["b"]), { acks: 1, origin: "client" });
    expect(refused).toMatchObject({ errorCode: KAFKA_STORAGE_ERROR });
    expect(made.replicas.read(ORDERS, READ).errorCode).toBe(KAFKA_STORAGE_ERROR);
    expect(made.replicas.append(ORDERS, batchOf(["b"]), { acks: 1, origin: "client" })).toMatchObject({
      errorCode: KAFKA_STORAGE_ERROR,
    });
  });
});

describe("a read", () => {
  test("answers the records with the partition's offsets", () => {
    const made = leading();
    append(made, ["a"]);
    append(made, ["b", "c"]);
    const { records, ...facts } = made.replicas.read(ORDERS, { ...READ, fetchOffset: 1 });
    expect(recordsIn(records)).toEqual(["1:b", "2:c"]);
    expect(facts).toEqual({
      errorCode: NONE,
      highWatermark: 3,
      lastStableOffset: 3,
      logStartOffset: 0,
      abortedTransactions: null,
      currentLeader: { leaderId: 1, leaderEpoch: 3 },
    });
    expect(made.replicas.read(ORDERS, { ...READ, fetchOffset: 4 })).toMatchObject({
      errorCode: OFFSET_OUT_OF_RANGE,
      logStartOffset: -1,
    });
    expect(made.replicas.availableBytes(ORDERS, { fetchOffset: 1, isolation: "uncommitted" })).toBeGreaterThan(0);
    expect(made.replicas.availableBytes(ORDERS, { fetchOffset: 3, isolation: "uncommitted" })).toBe(0);
  });

  test("of consumers ends at the high watermark, of followers at the log end", () => {
    const made = leading({}, { replicas: [1, 2], isr: [1, 2] });
    append(made, ["a"]);
    expect(made.replicas.read(ORDERS, READ).records).toHaveLength(0);
    expect(recordsIn(made.replicas.read(ORDERS, { ...READ, replicaId: 2 }).records)).toEqual(["0:a"]);
    made.replicas.read(ORDERS, { ...READ, replicaId: 2, fetchOffset: 1 });
    expect(recordsIn(made.replicas.read(ORDERS, READ).records)).toEqual(["0:a"]);
  });

  test("of committed records ends at an open transaction and names none aborted", () => {
    const made = leading();
    append(made, ["a"]);
    const open = batchOf(["b"], { producerId: 5, producerEpoch: 0, baseSequence: 0, isTransactional: true });
    made.replicas.append(ORDERS, open, { acks: 1, origin: "client" });
    const read = made.replicas.read(ORDERS, { ...READ, isolation: "committed" });
    expect(recordsIn(read.records)).toEqual(["0:a"]);
    expect(read).toMatchObject({ highWatermark: 2, lastStableOffset: 1, abortedTransactions: [] });
  });

  test("of a fetcher that diverged tells where", () => {
    const made = leading();
    append(made, ["a"]);
    metadata(made, [orders({ leaderEpoch: 5, partitionEpoch: 6 })]);
    append(made, ["b"]);
    const read = (lastFetchedEpoch: number, fetchOffset: number) =>
      made.replicas.read(ORDERS, { ...READ, replicaId: 2, fetchOffset, lastFetchedEpoch });
    expect(read(4, 2).divergingEpoch).toEqual({ epoch: 3, endOffset: 1 });
    expect(read(3, 2).divergingEpoch).toEqual({ epoch: 3, endOffset: 1 });
    expect(read(3, 1).divergingEpoch).toBeUndefined();
    expect(read(6, 1).errorCode).toBe(OFFSET_OUT_OF_RANGE);
  });

  test("of a zstd topic is refused before Fetch 10", () => {
    const made = leading({ compressionType: "zstd" });
    expect(made.replicas.read(ORDERS, { ...READ, apiVersion: 9 }).errorCode).toBe(UNSUPPORTED_COMPRESSION_TYPE);
    expect(made.replicas.read(ORDERS, { ...READ, apiVersion: 10 }).errorCode).toBe(NONE);
  });

  test("of a damaged file says so", () => {
    const made = leading();
    append(made, ["a"]);
    const { disk } = made.machine.start("somebody").environment;
    const file = disk.open("/data/orders-0/00000000000000000000.log");
    disk.write(file, 8, new Uint8Array(12));
    expect(made.replicas.read(ORDERS, READ).errorCode).toBe(CORRUPT_MESSAGE);
  });

  test("that waits is woken by an append", async () => {
    const made = leading();
    let woken = 0;
    made.replicas.watch([ORDERS], () => woken++);
    append(made, ["a"]);
    await made.simulation.run({ forMs: 0 });
    expect(woken).toBe(1);
  });
});

describe("deleting records", () => {
  test("moves the log start up to the high watermark and no further", () => {
    const made = leading();
    append(made, ["a", "b", "c"]);
    expect(made.replicas.deleteRecords(ORDERS, 2)).toEqual({ errorCode: NONE, lowWatermark: 2 });
    expect(made.replicas.deleteRecords(ORDERS, 1)).toEqual({ errorCode: NONE, lowWatermark: 2 });
    expect(made.replicas.deleteRecords(ORDERS, 4)).toEqual({ errorCode: OFFSET_OUT_OF_RANGE, lowWatermark: -1 });
    expect(made.replicas.deleteRecords(ORDERS, -2)).toEqual({ errorCode: OFFSET_OUT_OF_RANGE, lowWatermark: -1 });
    expect(made.replicas.deleteRecords(ORDERS, -1)).toEqual({ errorCode: NONE, lowWatermark: 3 });
  });

  test("waits for no follower whose broker is fenced, also when that comes later", () => {
    const made = broker();
    const tell = (fenced: boolean): void => {
      const image = emptyImage();
      const topic = orders({ replicas: [1, 2], isr: [1, 2] });
      image.topicsById.set(topic.id, topic);
      image.topicsByName.set(topic.name, topic);
      const facts = { id: 2, epoch: 7, incarnationId: OTHER_ID, inControlledShutdown: false, rack: null };
      image.brokers.set(2, { ...facts, fenced, endpoints: [], features: [], logDirs: [] });
      const changes = noChanges();
      touchPartition(changes, topic.id, 0);
      changes.brokers.add(2);
      made.replicas.applyMetadata(image, changes);
    };
    tell(false);
    append(made, ["a", "b"]);
    made.replicas.read(ORDERS, { ...READ, replicaId: 2, fetchOffset: 2 });
    made.replicas.deleteRecords(ORDERS, 1);
    const answers: unknown[] = [];
    made.replicas.awaitDeletion(ORDERS, 1, 1_000_000, (deleted) => answers.push(deleted));
    expect(answers).toEqual([]);
    tell(true);
    expect(answers).toEqual([{ errorCode: NONE, lowWatermark: 1 }]);
  });

  test("is refused where the topic keeps them by its policy or is the broker's own", () => {
    const compacted = leading({ cleanupPolicy: { delete: false, compact: true } });
    expect(compacted.replicas.deleteRecords(ORDERS, 0).errorCode).toBe(POLICY_VIOLATION);
    expect(compacted.replicas.deleteRecords({ topic: "__consumer_offsets", partition: 0 }, 0).errorCode).toBe(
      INVALID_TOPIC_EXCEPTION,
    );
  });
});

describe("the log directories", () => {
  test("are described with the partitions in them and the room there is", () => {
    const made = leading();
    append(made, ["a"]);
    const size = made.logs.openedLog(ORDERS)?.sizeBytes;
    const [directory] = logDirs(made);
    expect(directory).toMatchObject({
      errorCode: NONE,
      path: "/data",
      topics: [{ name: "orders", partitions: [{ partition: 0, sizeBytes: size, offsetLag: 0, isFuture: false }] }],
    });
    expect(directory?.usableBytes).toBeGreaterThan(0);
    expect(logDirs(made, [{ topic: "nowhere", partition: 0 }])[0]?.topics).toEqual([]);
  });

  test("whose disk failed answer 56", () => {
    const made = leading();
    made.machine.disk.faults.inject({ operation: "mkdir", errno: "EIO" });
    made.replicas.leader(ORDERS);
    expect(logDirs(made)).toEqual([
      { errorCode: KAFKA_STORAGE_ERROR, path: "/data", topics: [], totalBytes: -1, usableBytes: -1 },
    ]);
  });
});
