import assert from "node:assert/strict";
import { committedOffsetsGrow } from "../checkers/committed-offsets-grow.ts";
import { oneOwnerAtATime } from "../checkers/one-owner-at-a-time.ts";
import { FAULT_CLASSES, planFaults } from "../faults.ts";
import { defineScenario } from "../scenario.ts";
import { GroupMember } from "../workload/group-member.ts";
import { World } from "../world.ts";

const TOPIC = "numbers";
const PARTITIONS = 6;
const MEMBERS = 4;
/** Numbers of a member, at least, after which it may go. */
const NUMBERS = 100;
const FAULTS = { count: 8, afterMsMax: 12_000 };

/** Members that freeze, leave and join while the coordinator dies and comes back: no two may ever work on one partition. */
export const countInGroups = defineScenario({
  name: "groups",
  promise: "the members of a group have each partition to themselves",
  classes: FAULT_CLASSES,
  run: async (seed, classes) => {
    const world = new World(seed, [committedOffsetsGrow, oneOwnerAtATime]);
    await world.start(TOPIC, PARTITIONS);
    const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
    const members = Array.from({ length: MEMBERS }, (_, index) => {
      const name = `member-${index}`;
      const groupInstanceId = index % 2 === 0 ? `${name}-place` : null;
      const options = { name, groupId: "counters", groupInstanceId, topic: TOPIC, partitions };
      return new GroupMember(world.environment, world.client(name), world.history, world.random.fork(name), options);
    });
    const isEnough = () => world.isCalm && members.reduce((sum, { counted }) => sum + counted, 0) >= NUMBERS * MEMBERS;
    await world.run(
      Promise.all(members.map((member) => member.run(isEnough))),
      planFaults(world.random, classes, FAULTS),
    );
    const generations = world.simulation.log.named("group moved on", { state: "Stable" }).length;
    assert(generations > 1, `the group came to rest ${generations} times`);
    return `${world.summary}, ${generations} generations`;
  },
});
