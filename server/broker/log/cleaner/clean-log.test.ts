import { beforeAll, expect, test } from "vitest";
import { loadCompression } from "../../../wire/compression.ts";
import { BatchView } from "../../../wire/record-batch.ts";
import { isRefusal } from "../../refusal.ts";
import { CleaningAborted, UncleanableLog } from "./clean-log.ts";
import { CompactedWorld, DELETE_RETENTION_MS } from "./testing/compacted-world.ts";

const FILLER = "f".repeat(600);

beforeAll(loadCompression);

/** Ends the segment that is written to. */
function roll(world: CompactedWorld, name: string): void {
  world.write([name, FILLER]);
  world.write([`${name}-end`, FILLER]);
}

async function clean(world: CompactedWorld): Promise<void> {
  const pass = world.clean();
  if (pass !== undefined) await world.simulation.settle(pass);
}

function firstBatch({ log }: CompactedWorld): BatchView {
  const read = log.read(0, { maxBytes: 1, maxOffset: log.logEndOffset, atLeastOneBatch: true });
  if (isRefusal(read)) throw new Error(read.message);
  return new BatchView().point(read.bytes);
}

test("of each key the newest record stays, with its offset", async () => {
  const world = new CompactedWorld(1);
  world.write(["a", "1"], ["b", "1"], ["a", "2"]);
  world.write(["b", "2"], ["c", "1"]);
  roll(world, "x");
  await clean(world);
  expect(world.content().slice(0, 3)).toEqual(["2:a=2", "3:b=2", "4:c=1"]);
  expect(firstBatch(world)).toMatchObject({ baseOffset: 0, lastOffset: 2, count: 1 });
});

test("a tombstone gets a delete horizon in the first pass over it, and goes with the first pass after that", async () => {
  const world = new CompactedWorld(2);
  world.write(["a", "1"], ["gone", "1"], ["gone", null]);
  roll(world, "x");
  const horizonMs = world.nowMs + DELETE_RETENTION_MS;
  await clean(world);
  expect(world.content()).toContain("2:gone=null");
  expect(firstBatch(world)).toMatchObject({ hasDeleteHorizon: true, baseTimestampMs: horizonMs });
  world.nowMs = horizonMs - 1;
  roll(world, "y");
  await clean(world);
  expect(world.content()).toContain("2:gone=null");
  world.nowMs = horizonMs;
  roll(world, "z");
  await clean(world);
  expect(world.content()).not.toContain("2:gone=null");
  expect(world.content()[0]).toBe("0:a=1");
});

test("small neighbours become one segment", async () => {
  const world = new CompactedWorld(3);
  for (let count = 0; count < 6; count++) roll(world, "same");
  // Sizes are those before the pass, as in Kafka.
  await clean(world);
  expect(world.log.segmentCount).toBe(12);
  roll(world, "other");
  await clean(world);
  expect(world.log.segmentCount).toBe(6);
  world.check();
});

test("what is not below the last stable offset is left alone", async () => {
  const world = new CompactedWorld(4);
  roll(world, "a");
  roll(world, "a");
  world.log.updateHighWatermark(0);
  expect(world.clean()).toBeUndefined();
});

test("a log that is cut or closed meanwhile is left as it is", async () => {
  const world = new CompactedWorld(5);
  for (let count = 0; count < 4; count++) roll(world, "a");
  const pass = world.clean() ?? Promise.reject(new Error("nothing to compact"));
  world.log.truncateTo(0, world.nowMs);
  await expect(world.simulation.settle(pass)).rejects.toThrow(CleaningAborted);
  expect(world.files().filter((name) => /cleaned|swap/.test(name))).toEqual([]);
});

test("a damaged batch is not written anew with a right checksum: the log is told uncleanable, by file and byte", async () => {
  const world = new CompactedWorld(6);
  roll(world, "a");
  const { disk } = world.program.environment;
  const file = disk.open("/data/orders-0/00000000000000000000.log");
  disk.write(file, 300, Buffer.from("?"));
  disk.close(file);
  const pass = world.clean() ?? Promise.reject(new Error("nothing to compact"));
  await expect(world.simulation.settle(pass)).rejects.toThrow(UncleanableLog);
  expect(world.files().filter((name) => /cleaned|swap/.test(name))).toEqual([]);
});
