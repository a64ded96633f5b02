// How long plans over many partitions take: npx tsx bench/reassignment.ts [--partitions 20000] [--brokers 12] [--runs 9]
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { planMoves } from "../server/console/reassign/plan-moves.ts";
import type { PlanWorld } from "../server/console/reassign/plan-world.ts";
import type { ReassignmentGoal } from "../lib/contracts/reassignment.ts";
import { median } from "./measure.ts";

const { values } = parseArgs({
  options: {
    partitions: { type: "string", default: "20000" },
    brokers: { type: "string", default: "12" },
    runs: { type: "string", default: "9" },
  },
});
const brokerCount = Number(values.brokers);

/** Three copies in three racks, sizes of all orders, and the first brokers of each rack hold most. */
function world(): PlanWorld {
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const brokers = Array.from({ length: brokerCount }, (_, index) => ({
    id: index + 1,
    rack: "abc"[index % 3] ?? "a",
    isAlive: true,
    capacityBytes: null,
  }));
  const partitions = Array.from({ length: Number(values.partitions) }, (_, index) => {
    const pick = (rack: number) => rack + 1 + 3 * Math.floor((brokerCount / 3) * random() ** 1.7);
    const replicas = [0, 1, 2].map((step) => pick((index + step) % 3));
    const sizeBytes = Math.floor(1_000_000_000 * random() ** 6);
    return {
      topic: `topic-${index % 500}`,
      partition: Math.floor(index / 500),
      replicas,
      leader: replicas[0] ?? -1,
      isr: replicas,
      sizeBytes,
    };
  });
  return { brokers, partitions, isInScope: () => true };
}

const goals: readonly ReassignmentGoal[] = [
  { type: "balance" },
  { type: "drain", brokers: [3] },
  { type: "use", brokers: [brokerCount] },
  { type: "replication-factor", factor: 2 },
  { type: "racks" },
];

console.log(`${values.partitions} partitions over ${brokerCount} brokers, ${values.runs} runs\n`);
console.log("| goal | moves | GB copied | ms, median (range) |\n| --- | --- | --- | --- |");
for (const goal of goals) {
  const times: number[] = [];
  let line = "";
  for (let run = 0; run < Number(values.runs); run += 1) {
    const input = world();
    const startedMs = performance.now();
    const { moves } = planMoves(input, goal);
    times.push(performance.now() - startedMs);
    line = `${moves.length} | ${(moves.reduce((sum, { copyBytes }) => sum + copyBytes, 0) / 1e9).toFixed(0)}`;
  }
  console.log(
    `| ${goal.type} | ${line} | ${median(times).toFixed(0)} (${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)}) |`,
  );
}
