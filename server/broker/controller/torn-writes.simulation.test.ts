import { beforeAll, expect, test } from "vitest";
import { type SimulatedMachine, Simulation } from "../../environment/simulated/simulation.ts";
import { CreateTopics } from "../../wire/apis/create-topics.ts";
import { loadCompression } from "../../wire/compression.ts";
import { NONE } from "../../wire/errors.ts";
import { WRITE_CUTS } from "../testing/write-cuts.ts";
import { SimulatedBroker, startController } from "./testing/simulated-controller.ts";

const TOPICS = 3;
const LONG_MS = 60_000;
/** Two or three topics bring a snapshot, which is durable at once; the others count on the log. */
const SETTINGS = { "metadata.log.max.record.bytes.between.snapshots": "700" };

beforeAll(loadCompression);

/** Topics of which a broker was told that they are made, until the controller's write number `index` is cut; and whether it came that far. */
async function dieInWrite(
  simulation: Simulation,
  machine: SimulatedMachine,
  index: number,
  cut: (sizeBytes: number) => number,
): Promise<{ readonly made: readonly string[]; readonly isCut: boolean }> {
  const controller = await startController(simulation, machine, SETTINGS);
  const broker = new SimulatedBroker(1, simulation.machine("one"));
  await simulation.settle(broker.start());
  machine.killDuringWrite(controller.process, index, cut);
  const made: string[] = [];
  let isOver = false;
  const script = async (): Promise<void> => {
    for (let count = 0; count < TOPICS; count++) {
      const request = { topics: [{ name: `t${count}`, numPartitions: 2, replicationFactor: 1 }], timeoutMs: LONG_MS };
      const answer = await broker.channel.send(CreateTopics, request, simulation.time.nowMs + LONG_MS);
      if (answer.topics[0]?.errorCode === NONE) made.push(`t${count}`);
    }
  };
  const end = (): void => void (isOver = true);
  void script().then(end, end);
  await simulation.run({ until: () => isOver || !controller.process.isAlive, forMs: LONG_MS });
  const isCut = !controller.process.isAlive;
  machine.kill(controller.process);
  return { made, isCut };
}

for (const death of ["process", "machine"] as const) {
  test.each(WRITE_CUTS)(
    `every write of the controller cut %s, as the ${death} dies: what it answered is there`,
    async (_, cut) => {
      let writes = 0;
      for (let isCut = true; isCut; writes++) {
        const simulation = new Simulation(writes);
        const machine = simulation.machine("controller");
        const died = await dieInWrite(simulation, machine, writes, cut);
        isCut = died.isCut;
        if (death === "machine") machine.cutPower();
        const { node, faults } = await startController(simulation, machine, SETTINGS);
        const { image } = node.controller;
        expect(
          died.made.filter((name) => image.topicsByName.get(name)?.partitions.length !== 2),
          `write ${writes}`,
        ).toEqual([]);
        expect(image.brokers.has(1), `write ${writes}`).toBe(true);
        expect(faults).toEqual([]);
      }
      expect(writes).toBeGreaterThan(TOPICS);
    },
  );
}
