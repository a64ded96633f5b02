import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { realDisk } from "../../environment/real/disk.ts";
import { CheckpointError } from "./checkpoint-file.ts";
import { LeaderEpochs } from "./leader-epochs.ts";
import { temporaryDirectory } from "./testing/test-log.ts";

function epochs(...entries: readonly [number, number][]): LeaderEpochs {
  const made = LeaderEpochs.empty(realDisk, temporaryDirectory());
  for (const [epoch, startOffset] of entries) made.add(epoch, startOffset);
  return made;
}

const plain = (made: LeaderEpochs): number[][] => made.entries.map(({ epoch, startOffset }) => [epoch, startOffset]);

describe("the end of an epoch", () => {
  test.each([
    { asked: 7, answer: { epoch: 7, endOffset: 50 } },
    { asked: 8, answer: undefined },
    { asked: 3, answer: { epoch: 3, endOffset: 20 } },
    { asked: 5, answer: { epoch: 3, endOffset: 20 } },
    { asked: 2, answer: { epoch: 2, endOffset: 10 } },
    { asked: 1, answer: { epoch: 1, endOffset: 0 } },
    { asked: -1, answer: undefined },
  ])("asked for $asked is $answer", ({ asked, answer }) => {
    const known = epochs([2, 0], [3, 10], [7, 20]);
    expect(known.endOffsetFor(asked, 50)).toEqual(answer);
  });
});

describe("assigning", () => {
  test("an epoch that is known changes nothing", () => {
    const made = epochs([1, 0], [2, 5]);
    made.add(2, 9);
    expect(plain(made)).toEqual([
      [1, 0],
      [2, 5],
    ]);
  });

  test("an epoch at the same offset replaces the empty one before it", () => {
    expect(plain(epochs([1, 0], [2, 5], [3, 5]))).toEqual([
      [1, 0],
      [3, 5],
    ]);
  });

  test("an epoch or offset that goes back removes what it contradicts", () => {
    expect(plain(epochs([1, 0], [4, 5], [5, 9], [3, 7]))).toEqual([
      [1, 0],
      [3, 7],
    ]);
  });
});

describe("truncating", () => {
  test("from the end forgets epochs that begin there or later", () => {
    const made = epochs([1, 0], [2, 5], [3, 9]);
    made.truncateFromEnd(5);
    expect(plain(made)).toEqual([[1, 0]]);
  });

  test("from the start moves the epoch that holds the new start", () => {
    const made = epochs([1, 0], [2, 5], [3, 9]);
    made.truncateFromStart(7);
    expect(plain(made)).toEqual([
      [2, 7],
      [3, 9],
    ]);
    made.truncateFromStart(30);
    expect(plain(made)).toEqual([[3, 30]]);
  });
});

describe("the file", () => {
  test("has Kafka's form and reads back", () => {
    const directory = temporaryDirectory();
    const made = LeaderEpochs.read(realDisk, directory);
    made.add(0, 0);
    made.add(4, 120);
    made.writeIfChanged();
    expect(readFileSync(join(directory, "leader-epoch-checkpoint"), "utf8")).toBe("0\n2\n0 0\n4 120\n");
    expect(LeaderEpochs.read(realDisk, directory).entries).toEqual(made.entries);
  });

  test.each(["", "1\n0\n", "0\n2\n0 0\n", "0\n1\n0\n", "0\n1\na b\n"])("%j is damaged", (text) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "leader-epoch-checkpoint"), text);
    expect(() => LeaderEpochs.read(realDisk, directory)).toThrow(CheckpointError);
  });
});
