import { describe, expect, test } from "vitest";
import { deletionPointOf, emptyDeletion } from "@/lib/deletion-draft";

const read = (part: object) => deletionPointOf({ ...emptyDeletion, ...part });

describe("the point before which records are deleted", () => {
  test.each([
    [{ way: "everything" }, { kind: "everything" }],
    [
      { way: "partitions", partitions: "0, 3,7-9" },
      { kind: "partitions", partitions: [0, 3, 7, 8, 9] },
    ],
    [
      { way: "offsets", offsets: "0:1200, 3 : 9007199254740993" },
      {
        kind: "offsets",
        offsets: [
          { partition: 0, offset: "1200" },
          { partition: 3, offset: "9007199254740993" },
        ],
      },
    ],
    [
      { way: "time", time: "2026-03-01T12:00:00" },
      { kind: "time", timestampMs: new Date("2026-03-01T12:00:00").getTime() },
    ],
  ])("%j is read", (draft, value) => expect(read(draft)).toEqual({ ok: true, value }));

  test.each([
    [{ way: "partitions", partitions: "all" }, "Numbers with commas between, such as 0, 3, 7-9."],
    [{ way: "partitions", partitions: "9-7" }, "Numbers with commas between, such as 0, 3, 7-9."],
    [{ way: "partitions", partitions: "0-999999999" }, "Numbers with commas between, such as 0, 3, 7-9."],
    [{ way: "offsets", offsets: "0:1, 0:2" }, "Pairs with commas between, such as 0:1200, 3:88."],
    [{ way: "offsets", offsets: "12" }, "Pairs with commas between, such as 0:1200, 3:88."],
    [{ way: "time", time: "soon" }, "A date with a time."],
  ])("%j is refused", (draft, fault) => expect(read(draft)).toEqual({ ok: false, isWritten: true, fault }));

  test("nothing written yet is no fault", () =>
    expect(read({ way: "partitions" })).toMatchObject({ ok: false, isWritten: false }));
});
