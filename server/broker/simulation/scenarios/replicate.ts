import assert from "node:assert/strict";
import { acknowledgedRecordsSurvive } from "../checkers/acknowledged-records-survive.ts";
import { committedOffsetsGrow } from "../checkers/committed-offsets-grow.ts";
import { nothingIsInvented } from "../checkers/nothing-is-invented.ts";
import { readersSeeTheLog } from "../checkers/readers-see-the-log.ts";
import { planFaults } from "../faults.ts";
import { FLUSHED_FAULT_CLASSES, REPLICATED_FAULT_CLASSES, type ReplicatedFaultClass } from "../replicated-faults.ts";
import { ReplicatedWorld } from "../replicated-world.ts";
import { defineScenario, type Scenario } from "../scenario.ts";
import { writeAndRead, type WriteAndRead } from "../workload/write-and-read.ts";

const CHECKERS = [acknowledgedRecordsSurvive, nothingIsInvented, readersSeeTheLog, committedOffsetsGrow];

/** A producer with acks=all and a reader for each partition of three replicas, while nodes, disks and links fail. */
function replication(
  name: string,
  plan: WriteAndRead,
  faults: { readonly count: number; readonly afterMsMax: number },
  isFlushed = false,
): Scenario {
  return defineScenario<ReplicatedFaultClass>({
    name,
    promise: "three replicas keep what was acknowledged, with one leader an epoch",
    classes: isFlushed ? FLUSHED_FAULT_CLASSES : REPLICATED_FAULT_CLASSES,
    run: async (seed, classes) => {
      const world = new ReplicatedWorld(seed, CHECKERS, isFlushed ? { "log.flush.policy": "group" } : {});
      await world.start(plan.topic, plan.partitions);
      await world.run(writeAndRead(world, plan), planFaults(world.random, classes, faults));
      const { length } = world.history.acknowledged;
      assert(length >= plan.records * plan.partitions, `${length} records were acknowledged`);
      return world.summary;
    },
  });
}

/** Short: three faults on one partition. */
export const replicate = replication(
  "three-brokers",
  { topic: "numbers", partitions: 1, records: 20, pauseMsMax: 300 },
  { count: 3, afterMsMax: 3_000 },
);

/** All sync before they acknowledge, and all may lose their power at once. */
export const replicateFlushed = replication(
  "three-brokers-flushed",
  { topic: "numbers", partitions: 1, records: 20, pauseMsMax: 300 },
  { count: 3, afterMsMax: 3_000 },
  true,
);

/** Long: faults that meet the traces of earlier ones. */
export const replicateLong = replication(
  "three-brokers-long",
  { topic: "numbers", partitions: 2, records: 100, pauseMsMax: 300 },
  { count: 8, afterMsMax: 8_000 },
);
