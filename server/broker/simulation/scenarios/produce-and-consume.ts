import assert from "node:assert/strict";
import { acknowledgedRecordsSurvive } from "../checkers/acknowledged-records-survive.ts";
import { committedOffsetsGrow } from "../checkers/committed-offsets-grow.ts";
import { nothingIsInvented } from "../checkers/nothing-is-invented.ts";
import { readersSeeTheLog } from "../checkers/readers-see-the-log.ts";
import { FAULT_CLASSES, type FaultClass, planFaults } from "../faults.ts";
import { defineScenario, type Scenario } from "../scenario.ts";
import { writeAndRead } from "../workload/write-and-read.ts";
import { World, type WorldOptions } from "../world.ts";

const PLAN = { topic: "numbers", partitions: 2, records: 300, pauseMsMax: 80 };
const FAULTS = { count: 6, afterMsMax: 4_000 };

const CHECKERS = [acknowledgedRecordsSurvive, nothingIsInvented, readersSeeTheLog, committedOffsetsGrow];

/** A world of one broker, after a producer and a reader for each partition met these faults. */
export async function produceAndConsumeWorld(
  seed: string,
  classes: readonly FaultClass[],
  options: WorldOptions = {},
): Promise<World> {
  const world = new World(seed, CHECKERS, options);
  await world.start(PLAN.topic, PLAN.partitions);
  await world.run(writeAndRead(world, PLAN), planFaults(world.random, classes, FAULTS));
  return world;
}

function production(name: string, promise: string, options: WorldOptions): Scenario {
  return defineScenario({
    name,
    promise,
    classes: FAULT_CLASSES,
    run: async (seed, classes) => {
      const world = await produceAndConsumeWorld(seed, classes, options);
      const { length } = world.history.acknowledged;
      assert(length >= PLAN.records * PLAN.partitions, `${length} records were acknowledged`);
      return world.summary;
    },
  });
}

/** One broker, whose machine may lose what it had not synced. */
export const produceAndConsume = production(
  "one-broker",
  "what is acknowledged and read survives what Kafka promises to survive",
  {},
);

/** One broker that acknowledges only what is on its disk. */
export const produceInGroups = production(
  "one-broker-flushed",
  "with log.flush.policy=group what is acknowledged and read survives the loss of the machine's power",
  { settings: { "log.flush.policy": "group" }, isDurable: true },
);
