import { expect, test } from "vitest";
import { type RunningProgram, type SimulatedMachine, Simulation } from "../../environment/simulated/simulation.ts";
import { buildEndTransactionMarker } from "../../wire/control-record.ts";
import { WRITE_CUTS } from "../testing/write-cuts.ts";
import { isRefusal } from "../refusal.ts";
import { defaultLogConfig } from "./log-config.ts";
import { PartitionLog } from "./partition-log.ts";
import { checkDerived } from "./testing/check-derived.ts";
import { batchOf, contentOf, NOW_MS, TOPIC_PARTITION } from "./testing/test-log.ts";

const APPENDS = 12;
/** A marker's value: version and coordinator epoch, all zeros. */
const MARKER_TEXT = "\0".repeat(6);
const VALUE = "v".repeat(120);

/** What the script was told until it died. */
type Promises = {
  /** `offset:value` acknowledged, without those that were taken back on purpose. */
  content: string[];
  /** All that was ever tried. */
  readonly tried: Set<string>;
  /** Records before it were deleted. */
  startOffset: number;
  durable: number;
};

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

/** Appends in two epochs by three producers over several segments, a transaction, a flush, deleted records, a truncation, and a clean close. */
async function script(log: PartitionLog, promises: Promises): Promise<void> {
  for (let step = 0; step < APPENDS; step++) {
    append(log, promises, step);
    if (step === 4) {
      await log.flush();
      promises.durable = log.recoveryPoint;
    }
    if (step === 7) {
      log.updateHighWatermark(log.logEndOffset);
      promises.startOffset = 7;
      log.deleteRecordsBefore(promises.startOffset, NOW_MS);
    }
    if (step === 10) {
      promises.content.splice(-2);
      log.truncateTo(log.logEndOffset - 2, NOW_MS);
    }
  }
  await log.close();
  promises.durable = log.logEndOffset;
}

function append(log: PartitionLog, promises: Promises, step: number): void {
  const producerId = (step % 3) + 1;
  const last = log.producerStates.get(producerId)?.batches.at(-1)?.lastSequence ?? -1;
  const values = [`${step}a${VALUE}`, `${step}b${VALUE}`];
  const isTransactional = step === 6;
  const batch = batchOf(values, { producerId, producerEpoch: 0, baseSequence: last + 1, isTransactional });
  const leaderEpoch = step < 7 ? 0 : 1;
  const content = values.map((value, index) => `${log.logEndOffset + index}:${value}`);
  for (const each of content) promises.tried.add(each);
  const appended = log.appendAsLeader(batch, { origin: "client", leaderEpoch, nowMs: NOW_MS });
  if (isRefusal(appended)) throw new Error(`refused with ${appended.errorCode}`);
  promises.content.push(...content);
  if (!isTransactional) return;
  const marker = { type: "commit", producerId, producerEpoch: 0, coordinatorEpoch: 0, timestampMs: NOW_MS } as const;
  promises.tried.add(`${log.logEndOffset}:${MARKER_TEXT}`);
  log.appendAsLeader(buildEndTransactionMarker(marker), { origin: "coordinator", leaderEpoch, nowMs: NOW_MS });
}

/** Runs the script until its write number `index` is cut; answers whether it came that far. */
async function dieInWrite(
  simulation: Simulation,
  machine: SimulatedMachine,
  promises: Promises,
  index: number,
  cut: (sizeBytes: number) => number,
): Promise<boolean> {
  const program = machine.start("broker");
  const log = open(program, 0);
  machine.killDuringWrite(program.process, index, cut);
  let isOver = false;
  const end = (): void => void (isOver = true);
  void script(log, promises).then(end, end);
  await simulation.run({ until: () => isOver || !program.process.isAlive });
  const died = !program.process.isAlive;
  machine.kill(program.process);
  return died;
}

for (const death of ["process", "machine"] as const) {
  test.each(WRITE_CUTS)(`every write cut %s, as the ${death} dies: what was promised is there`, async (_, cut) => {
    let writes = 0;
    for (let isCut = true; isCut; writes++) {
      const simulation = new Simulation(writes);
      const machine = simulation.machine("node-1");
      machine.start("setup").environment.disk.makeDirectory("/data");
      machine.disk.makeDurable();
      const promises: Promises = { content: [], tried: new Set(), startOffset: 0, durable: 0 };
      isCut = await dieInWrite(simulation, machine, promises, writes, cut);
      if (death === "machine") machine.cutPower();
      const log = open(machine.start("broker"), promises.durable);
      const found = new Set(contentOf(log));
      const due = promises.content.filter((each) => {
        const offset = Number.parseInt(each, 10);
        return offset >= promises.startOffset && (death === "process" || offset < promises.durable);
      });
      expect(
        due.filter((each) => !found.has(each)),
        `write ${writes}`,
      ).toEqual([]);
      expect(
        [...found].filter((each) => !promises.tried.has(each)),
        `write ${writes}`,
      ).toEqual([]);
      checkDerived(log);
    }
    expect(writes).toBeGreaterThan(APPENDS);
  });
}
