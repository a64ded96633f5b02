import { describe, expect, test } from "vitest";
import { History, type Logs } from "../history.ts";
import { acknowledgedRecordsSurvive } from "./acknowledged-records-survive.ts";
import { committedOffsetsGrow } from "./committed-offsets-grow.ts";
import { nothingIsInvented } from "./nothing-is-invented.ts";
import { oneOwnerAtATime } from "./one-owner-at-a-time.ts";
import { readersSeeTheLog } from "./readers-see-the-log.ts";

const record = (offset: number, value: string) => ({ partition: 0, offset, value });
const logOf = (...values: string[]): Logs => new Map([[0, values.map((value, offset) => record(offset, value))]]);
const cutAt = (logEnd: number) => ({ atMs: 0, logEnds: new Map([[0, logEnd]]) });

function historyOf(parts: {
  acknowledged?: [number, string][];
  read?: [number, string][];
  sent?: string[];
  commits?: ["committed" | "fetched", number][];
  cut?: number;
}): History {
  const history = new History();
  for (const value of parts.sent ?? []) history.sent.add(value);
  for (const [offset, value] of parts.acknowledged ?? []) history.acknowledged.push(record(offset, value));
  for (const [offset, value] of parts.read ?? []) history.readBy("reader").push(record(offset, value));
  for (const [kind, offset] of parts.commits ?? []) {
    history.commits.push({ kind, groupId: "g", partition: 0, offset, askedAfter: history.commits.length });
  }
  if (parts.cut !== undefined) history.powerCuts.push(cutAt(parts.cut));
  return history;
}

describe("acknowledged records survive", () => {
  test.each([
    {
      what: "all there",
      acknowledged: [
        [0, "p:0"],
        [1, "p:1"],
      ],
      log: ["p:0", "p:1"],
      wrong: undefined,
    },
    {
      what: "one gone",
      acknowledged: [
        [0, "p:0"],
        [1, "p:1"],
      ],
      log: ["p:0"],
      wrong: /p:1 at offset 1.*nothing/,
    },
    { what: "another in its place", acknowledged: [[0, "p:0"]], log: ["p:9"], wrong: /has p:9/ },
    { what: "one gone behind a power cut", acknowledged: [[1, "p:1"]], log: ["p:0"], cut: 1, wrong: undefined },
    { what: "one gone before a power cut", acknowledged: [[0, "p:0"]], log: [], cut: 1, wrong: /p:0/ },
  ] as const)("$what", ({ acknowledged, log, wrong, ...rest }) => {
    const found = acknowledgedRecordsSurvive(
      historyOf({ acknowledged: acknowledged.map(([offset, value]) => [offset, value]), ...rest }),
      logOf(...log),
    );
    if (wrong === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(wrong);
  });
});

describe("nothing is invented", () => {
  const sent = ["p:0", "p:1", "q:0"];
  test.each([
    { what: "producers one through the other", log: ["p:0", "q:0", "p:1"], wrong: undefined },
    { what: "a record twice", log: ["p:0", "p:0"], wrong: /record 0 of p at offset 1, after its record 0/ },
    { what: "records out of order", log: ["p:1", "p:0"], wrong: /after its record 1/ },
    { what: "a record of nobody", log: ["x:0"], wrong: /nobody sent/ },
  ])("$what", ({ log, wrong }) => {
    const found = nothingIsInvented(historyOf({ sent }), logOf(...log));
    if (wrong === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(wrong);
  });

  test("a hole in the offsets", () => {
    expect(nothingIsInvented(historyOf({ sent }), new Map([[0, [record(1, "p:0")]]]))).toMatch(
      /offset 1 where 0 follows/,
    );
  });
});

describe("readers see the log", () => {
  test.each([
    {
      what: "in order",
      read: [
        [0, "p:0"],
        [1, "p:1"],
      ],
      wrong: undefined,
    },
    { what: "one left out", read: [[1, "p:1"]], wrong: /offset 1 .* where 0 follows/ },
    {
      what: "one twice",
      read: [
        [0, "p:0"],
        [0, "p:0"],
      ],
      wrong: /offset 0 .* where 1 follows/,
    },
    { what: "one that the log does not keep", read: [[0, "p:9"]], wrong: /the log has p:0/ },
    { what: "one that a power cut took", read: [[0, "p:9"]], cut: 0, wrong: undefined },
  ] as const)("$what", ({ read, wrong, ...rest }) => {
    const found = readersSeeTheLog(
      historyOf({ read: read.map(([offset, value]) => [offset, value]), ...rest }),
      logOf("p:0", "p:1"),
    );
    if (wrong === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(wrong);
  });
});

describe("committed offsets grow", () => {
  test.each([
    {
      what: "fetched as committed",
      commits: [
        ["committed", 3],
        ["fetched", 3],
      ],
      wrong: undefined,
    },
    {
      what: "one on its way meanwhile",
      commits: [
        ["committed", 3],
        ["fetched", 5],
      ],
      wrong: undefined,
    },
    {
      what: "one back",
      commits: [
        ["committed", 3],
        ["fetched", 2],
      ],
      wrong: /fetched the committed offset 2 after 3/,
    },
    {
      what: "nothing any more",
      commits: [
        ["committed", 0],
        ["fetched", -1],
      ],
      wrong: /-1 after 0/,
    },
  ] as const)("$what", ({ commits, wrong }) => {
    const found = committedOffsetsGrow(historyOf({ commits: commits.map(([kind, offset]) => [kind, offset]) }));
    if (wrong === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(wrong);
  });
});

test("an answer that was on its way when more was committed is no step back", () => {
  const history = historyOf({ commits: [["committed", 3]] });
  history.commits.push({ kind: "fetched", groupId: "g", partition: 0, offset: 2, askedAfter: 0 });
  expect(committedOffsetsGrow(history)).toBeUndefined();
});

describe("one owner at a time", () => {
  test.each([
    {
      what: "one after the other",
      commits: [
        ["committed", 1],
        ["committed", 2],
      ],
      wrong: undefined,
    },
    {
      what: "two who both counted to two",
      commits: [
        ["committed", 1],
        ["committed", 2],
        ["committed", 2],
      ],
      wrong: /2 was committed twice/,
    },
    {
      what: "two after a power cut",
      commits: [
        ["committed", 1],
        ["committed", 1],
      ],
      cut: 0,
      wrong: undefined,
    },
  ] as const)("$what", ({ commits, wrong, ...rest }) => {
    const found = oneOwnerAtATime(historyOf({ commits: commits.map(([kind, offset]) => [kind, offset]), ...rest }));
    if (wrong === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(wrong);
  });
});
