import { beforeAll, describe, expect, test } from "vitest";
import { loadCompression } from "../../../wire/compression.ts";
import { CompactedWorld, DELETE_RETENTION_MS } from "./testing/compacted-world.ts";

const SEEDS = 16;
const LIVES = 3;

beforeAll(loadCompression);

describe("a compacted log", () => {
  for (let seed = 0; seed < SEEDS; seed++) {
    test(`tells of each key what the whole history tells, while it is written to (seed ${seed})`, async () => {
      const world = new CompactedWorld(seed);
      const { random } = world.simulation;
      for (let round = 0; round < 6; round++) {
        for (let count = random.int(5, 40); count > 0; count--) world.append();
        world.nowMs += random.int(0, 2 * DELETE_RETENTION_MS);
        const pass = world.clean();
        for (let count = random.int(0, 5); count > 0; count--) {
          await world.simulation.run({ forMs: random.int(0, 3) });
          world.append();
          world.check();
        }
        const cleaned = pass === undefined ? undefined : await world.simulation.settle(pass);
        world.check();
        if (cleaned !== undefined) world.checkClean(cleaned.cleanedOffset);
      }
      const producers = world.producers();
      world.log.closeFiles();
      world.reopen(0);
      world.log.updateHighWatermark(world.log.logEndOffset);
      world.check();
      expect(world.producers()).toEqual(producers);
    });
  }

  for (let seed = 0; seed < SEEDS; seed++) {
    const death = seed % 2 === 0 ? "process" : "machine";
    test(`is whole when the ${death} dies in the middle of compaction (seed ${seed})`, async () => {
      const world = new CompactedWorld(1000 + seed);
      const { random } = world.simulation;
      for (let life = 0; life < LIVES; life++) {
        for (let count = random.int(20, 50); count > 0; count--) world.append();
        if (random.int(0, 1) === 0) await world.simulation.settle(world.flush());
        world.nowMs += random.int(0, 2 * DELETE_RETENTION_MS);
        const endOffset = world.log.logEndOffset;
        if (random.int(0, 1) === 0) world.machine.killDuringWrite(world.program.process, random.int(0, 30));
        // A death in a write throws through the pass.
        void world.clean()?.catch(() => {});
        await world.simulation.run({ forMs: random.int(0, 60) });
        world.machine.kill(world.program.process);
        if (death === "machine") world.machine.cutPower();
        world.reopen(random.int(0, 1) === 0 ? 0 : world.durableOffset);
        expect(world.log.logEndOffset).toBeGreaterThanOrEqual(death === "process" ? endOffset : world.durableOffset);
        world.log.updateHighWatermark(world.log.logEndOffset);
        world.check();
      }
    });
  }

  for (let seed = 0; seed < SEEDS; seed++) {
    test(`is whole when the power goes while segments take the place of others (seed ${seed})`, async () => {
      const world = new CompactedWorld(2000 + seed);
      const { random } = world.simulation;
      for (let count = 60; count > 0; count--) world.append();
      // The first pass leaves small segments, which the next one makes into one.
      const first = world.clean();
      if (first !== undefined) await world.simulation.settle(first);
      for (let count = 30; count > 0; count--) world.append();
      await world.simulation.settle(world.flush());
      void world.clean()?.catch(() => {});
      const isSwapping = (): boolean => world.files().some((name) => name.endsWith(".swap"));
      expect(await world.simulation.run({ until: isSwapping, forMs: 10_000 })).toBe("until");
      await world.simulation.run({ maxEvents: random.int(0, 3) });
      world.machine.cutPower();
      world.reopen(random.int(0, 1) === 0 ? 0 : world.durableOffset);
      expect(world.log.logEndOffset).toBe(world.durableOffset);
      expect(world.files().filter((name) => /cleaned|swap|deleted/.test(name))).toEqual([]);
      world.log.updateHighWatermark(world.log.logEndOffset);
      world.check();
    });
  }
});
