import { describe, expect, test } from "vitest";
import { Simulation, type RunningProgram } from "../../environment/simulated/simulation.ts";
import { isRefusal } from "../refusal.ts";
import { defaultLogConfig } from "./log-config.ts";
import { PartitionLog } from "./partition-log.ts";
import { checkDerived } from "./testing/check-derived.ts";
import { batchOf, contentOf, NOW_MS, TOPIC_PARTITION } from "./testing/test-log.ts";

const SEEDS = 60;
const ROUNDS = 4;

/** What the writer was told, across all lives of the log. */
type Promises = { content: string[]; durable: number };

function open({ environment }: RunningProgram, recoveryPoint: number): PartitionLog {
  return PartitionLog.open({
    disk: environment.disk,
    log: environment.log,
    directory: "/data/orders-0",
    topicPartition: TOPIC_PARTITION,
    config: { ...defaultLogConfig, segmentBytes: 900, indexIntervalBytes: 200 },
    recoveryPoint,
    cleanShutdown: false,
    nowMs: NOW_MS,
  });
}

/** Appends until the program dies; what was acknowledged is in `promises` when it does. */
async function write(simulation: Simulation, log: PartitionLog, promises: Promises): Promise<void> {
  for (let count = 0; count < 40; count++) {
    const producerId = simulation.random.int(1, 3);
    const last = log.producerStates.get(producerId)?.batches.at(-1)?.lastSequence ?? -1;
    const values = Array.from({ length: simulation.random.int(1, 4) }, () => "v".repeat(simulation.random.int(0, 200)));
    const batch = batchOf(values, { producerId, producerEpoch: 0, baseSequence: last + 1 });
    const appended = log.appendAsLeader(batch, {
      origin: "client",
      leaderEpoch: Math.floor(log.logEndOffset / 50),
      nowMs: NOW_MS,
    });
    if (isRefusal(appended)) throw new Error(`refused with ${appended.errorCode}`);
    values.forEach((value, index) => promises.content.push(`${appended.baseOffset + index}:${value}`));
    if (simulation.random.int(0, 9) === 0) {
      await log.flush();
      promises.durable = Math.max(promises.durable, log.recoveryPoint);
    }
  }
}

async function life(
  simulation: Simulation,
  death: "process" | "machine",
  promises: Promises,
  machine: ReturnType<Simulation["machine"]>,
): Promise<void> {
  const program = machine.start("broker");
  const log = open(program, promises.durable);
  const survived = contentOf(log);
  // A prefix of what was acknowledged: all of it when only the process died, at least the durable part when the machine did.
  expect(survived).toEqual(promises.content.slice(0, survived.length).concat(survived.slice(promises.content.length)));
  if (death === "process") expect(survived.length).toBeGreaterThanOrEqual(promises.content.length);
  else expect(log.logEndOffset).toBeGreaterThanOrEqual(promises.durable);
  checkDerived(log);
  promises.content = survived;
  machine.killDuringWrite(program.process, simulation.random.int(0, 60));
  let isOver = false;
  // A death in a write throws through whatever wrote; a program whose writes are all done is killed below.
  void write(simulation, log, promises).then(
    () => (isOver = true),
    () => (isOver = true),
  );
  await simulation.run({ until: () => isOver, forMs: 60_000 });
  machine.kill(program.process);
  if (death === "machine") machine.cutPower();
}

describe("a log whose program dies in the middle of a write", () => {
  for (let seed = 0; seed < SEEDS; seed++) {
    const death = seed % 2 === 0 ? "process" : "machine";
    test(`has all that it promised when the ${death} died (seed ${seed})`, async () => {
      const simulation = new Simulation(seed);
      const machine = simulation.machine("node-1");
      machine.start("setup").environment.disk.makeDirectory("/data");
      machine.disk.makeDurable();
      const promises: Promises = { content: [], durable: 0 };
      for (let round = 0; round < ROUNDS; round++) await life(simulation, death, promises, machine);
    });
  }
});
