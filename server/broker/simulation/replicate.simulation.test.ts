import assert from "node:assert/strict";
import { acknowledgedRecordsSurvive } from "./checkers/acknowledged-records-survive.ts";
import { committedOffsetsGrow } from "./checkers/committed-offsets-grow.ts";
import { nothingIsInvented } from "./checkers/nothing-is-invented.ts";
import { readersSeeTheLog } from "./checkers/readers-see-the-log.ts";
import { planFaults } from "./faults.ts";
import { REPLICATED_FAULT_CLASSES, type ReplicatedFaultClass, ReplicatedWorld } from "./replicated-world.ts";
import { simulation } from "./simulate.ts";
import { GroupReader } from "./workload/group-reader.ts";
import { IdempotentProducer } from "./workload/idempotent-producer.ts";

const TOPIC = "numbers";
const PARTITIONS = 2;
const RECORDS = 100;
const PAUSE_MS_MAX = 300;
const FAULTS = { count: 8, afterMsMax: 8_000 };
const FILE = "server/broker/simulation/replicate.simulation.test.ts";

/** A producer with acks=all and a reader for each partition of three replicas, while nodes and links fail. */
async function replicate(seed: string, classes: readonly ReplicatedFaultClass[]): Promise<ReplicatedWorld> {
  const world = new ReplicatedWorld(seed, [
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
  "three replicas keep what was acknowledged, and one leader an epoch",
  { seeds: 6, classes: REPLICATED_FAULT_CLASSES, file: FILE },
  async (seed, classes) => {
    const world = await replicate(seed, classes);
    const { length } = world.history.acknowledged;
    assert(length >= RECORDS * PARTITIONS, `${length} records were acknowledged`);
  },
);
