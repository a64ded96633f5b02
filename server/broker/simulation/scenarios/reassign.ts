import assert from "node:assert/strict";
import { acknowledgedRecordsSurvive } from "../checkers/acknowledged-records-survive.ts";
import { nothingIsInvented } from "../checkers/nothing-is-invented.ts";
import { planFaults } from "../faults.ts";
import { REPLICATED_FAULT_CLASSES, type ReplicatedFaultClass } from "../replicated-faults.ts";
import { ReplicatedWorld } from "../replicated-world.ts";
import { defineScenario } from "../scenario.ts";
import { IdempotentProducer } from "../workload/idempotent-producer.ts";
import { PartitionMover } from "../workload/partition-mover.ts";

const TOPIC = "moving";
const PARTITIONS = 2;
const RECORDS = 100;
const PAUSE_MS_MAX = 300;
const FAULTS = { count: 8, afterMsMax: 8_000 };
/** Two replicas at least: Kafka promises nothing of one whose machine loses power. */
const TARGETS = [
  [1, 2],
  [2, 3],
  [3, 1],
  [3, 2, 1],
  [2, 1],
] as const;

/** Producers with acks=all on partitions that somebody moves from broker to broker and calls back, while nodes and links fail. */
async function moveUnderLoad(seed: string, classes: readonly ReplicatedFaultClass[]): Promise<string> {
  const world = new ReplicatedWorld(seed, [acknowledgedRecordsSurvive, nothingIsInvented]);
  await world.start(TOPIC, PARTITIONS);
  const { environment, history } = world;
  const producers = Array.from({ length: PARTITIONS }, (_, partition) => {
    const random = world.random.fork(`producer-${partition}`);
    const draws = { batchRecords: () => random.int(1, 5), pauseMs: () => random.int(0, PAUSE_MS_MAX) };
    const options = { name: `p${partition}`, topic: TOPIC, partition, ...draws };
    return new IdempotentProducer(environment, world.client(options.name), history, options);
  });
  const random = world.random.fork("mover");
  const mover = new PartitionMover(environment, world.client("mover"), {
    topic: TOPIC,
    next: () => ({
      partition: random.int(0, PARTITIONS - 1),
      replicas: random.chance(0.3) ? null : random.pick(TARGETS),
    }),
    pauseMs: () => random.int(10, 3_000),
  });
  const produced = producers.map((producer) => producer.run(() => world.isCalm && producer.acknowledged >= RECORDS));
  await world.run(Promise.all([...produced, mover.run(() => world.isCalm)]), planFaults(world.random, classes, FAULTS));
  const { length } = history.acknowledged;
  assert(length >= RECORDS * PARTITIONS, `${length} records were acknowledged`);
  assert(mover.moves > 0, "partitions were moved");
  return `${world.summary}, ${mover.moves} moves`;
}

/** Partitions on the move, which may be called back. */
export const reassign = defineScenario({
  name: "reassign",
  promise: "partitions that move keep what was acknowledged",
  classes: REPLICATED_FAULT_CLASSES,
  run: moveUnderLoad,
});
