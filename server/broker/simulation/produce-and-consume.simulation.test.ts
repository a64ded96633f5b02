import assert from "node:assert/strict";
import { expect, test } from "vitest";
import { acknowledgedRecordsSurvive } from "./checkers/acknowledged-records-survive.ts";
import { committedOffsetsGrow } from "./checkers/committed-offsets-grow.ts";
import { nothingIsInvented } from "./checkers/nothing-is-invented.ts";
import { readersSeeTheLog } from "./checkers/readers-see-the-log.ts";
import { FAULT_CLASSES, type FaultClass, planFaults } from "./faults.ts";
import { simulation } from "./simulate.ts";
import { GroupReader } from "./workload/group-reader.ts";
import { IdempotentProducer } from "./workload/idempotent-producer.ts";
import { World } from "./world.ts";

const TOPIC = "numbers";
const PARTITIONS = 2;
const RECORDS = 300;
const PAUSE_MS_MAX = 80;
const FAULTS = { count: 6, afterMsMax: 4_000 };
const FILE = "server/broker/simulation/produce-and-consume.simulation.test.ts";

/** A producer and a reader for each partition, while things go wrong; then everything that is written is read to its end. */
async function produceAndConsume(seed: string, classes: readonly FaultClass[]): Promise<World> {
  const world = new World(seed, [
    acknowledgedRecordsSurvive,
    nothingIsInvented,
    readersSeeTheLog,
    committedOffsetsGrow,
  ]);
  await world.start(TOPIC, PARTITIONS);
  const { environment, history } = world;
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
  const producers = partitions.map((partition) => {
    const random = world.random.fork(`producer-${partition}`);
    const draws = { batchRecords: () => random.int(1, 5), pauseMs: () => random.int(0, PAUSE_MS_MAX) };
    const options = { name: `p${partition}`, topic: TOPIC, partition, ...draws };
    return new IdempotentProducer(environment, world.client(options.name), history, options);
  });
  const readers = partitions.map((partition) => {
    const options = { name: `reader-${partition}`, topic: TOPIC, partition, groupId: `group-${partition}` };
    return new GroupReader(environment, world.client(options.name), history, options);
  });
  let isProduced = false;
  const produced = Promise.all(
    producers.map((producer) => producer.run(() => world.isCalm && producer.acknowledged >= RECORDS)),
  ).then(() => {
    isProduced = true;
  });
  const consumed = readers.map((reader) => reader.run(() => isProduced));
  await world.run(Promise.all([produced, ...consumed]), planFaults(world.random, classes, FAULTS));
  return world;
}

simulation(
  "what is acknowledged and read survives what Kafka promises to survive",
  { seeds: 6, classes: FAULT_CLASSES, file: FILE },
  async (seed, classes) => {
    const world = await produceAndConsume(seed, classes);
    const { length } = world.history.acknowledged;
    assert(length >= RECORDS * PARTITIONS, `${length} records were acknowledged`);
  },
);

test("a seed gives the same run twice", { timeout: 120_000 }, async () => {
  const [first, second] = [
    await produceAndConsume("twice", FAULT_CLASSES),
    await produceAndConsume("twice", FAULT_CLASSES),
  ];
  expect(second.summary).toBe(first.summary);
  expect(second.history.acknowledged).toEqual(first.history.acknowledged);
});
