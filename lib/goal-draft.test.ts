import { describe, expect, test } from "vitest";
import { type GoalDraft, readGoalDraft } from "@/lib/goal-draft";

const empty: GoalDraft = {
  to: "earliest",
  time: "",
  duration: "",
  offset: "",
  by: "",
  group: "",
  file: "",
  topic: "",
  partitions: "",
};
const read = (draft: Partial<GoalDraft>, isNew = false) =>
  readGoalDraft({ ...empty, ...draft }, { zone: "utc", isNew });

describe("a draft of a reset", () => {
  test.each<[Partial<GoalDraft>, unknown]>([
    [{ to: "latest" }, { to: "latest" }],
    [
      { to: "time", time: "2026-11-22 09:00" },
      { to: "time", timeMs: Date.UTC(2026, 10, 22, 9) },
    ],
    [
      { to: "duration", duration: "2 h" },
      { to: "duration", durationMs: 7_200_000 },
    ],
    [
      { to: "offset", offset: " 42 " },
      { to: "offset", offset: "42" },
    ],
    [
      { to: "shift", by: "-1,000" },
      { to: "shift", by: -1_000 },
    ],
    [
      { to: "shift", by: "+1" },
      { to: "shift", by: 1 },
    ],
    [
      { to: "group", group: "other" },
      { to: "group", group: "other" },
    ],
    [
      { to: "file", file: "orders,0,1" },
      { to: "file", offsets: { orders: { "0": "1" } } },
    ],
    [{ to: "none" }, { to: "none" }],
  ])("%j is understood", (draft, goal) => expect(read(draft)).toEqual({ query: { goal, topics: null, isNew: false } }));

  test("a topic and partitions narrow it", () => {
    expect(read({ topic: "orders", partitions: "0-1, 7" })).toMatchObject({
      query: { topics: [{ topic: "orders", partitions: [0, 1, 7] }] },
    });
    expect(read({ topic: "orders" })).toMatchObject({ query: { topics: [{ topic: "orders", partitions: null }] } });
  });

  test.each<[Partial<GoalDraft>, keyof GoalDraft, boolean]>([
    [{ to: "time" }, "time", true],
    [{ to: "time", time: "yesterday" }, "time", false],
    [{ to: "duration", duration: "2" }, "duration", false],
    [{ to: "offset", offset: "-1" }, "offset", false],
    [{ to: "shift", by: "few" }, "by", false],
    [{ to: "group" }, "group", true],
    [{ to: "file", file: "orders;0;1" }, "file", false],
    [{ partitions: "0-3" }, "topic", false],
    [{ topic: "orders", partitions: "x" }, "partitions", false],
    [{ topic: "or ders" }, "topic", false],
  ])("%j says at its field what is wrong", (draft, field, isEmpty) =>
    expect(read(draft)).toMatchObject({ field, isEmpty }),
  );

  test("a group that is made needs to know where", () => {
    expect(read({ to: "latest" }, true)).toMatchObject({ field: "topic", isEmpty: true });
    expect(read({ to: "file", file: "orders,0,1" }, true)).toMatchObject({ query: { isNew: true } });
  });
});
