import { expect, test } from "vitest";
import type { RecordSummary } from "@/lib/contracts/messages";
import { tableKeysShown, updateKeyTable } from "@/lib/key-table";

const text = (value: string | null) =>
  value === null
    ? ({ format: "null", text: "", sizeBytes: 0, truncated: false } as const)
    : ({ format: "text", decoder: "utf8", text: value, sizeBytes: value.length, truncated: false } as const);
const record = (offset: number, key: string | null, value: string | null): RecordSummary => ({
  topic: "t",
  partition: 0,
  offset: String(offset),
  timestampMs: offset,
  timestampType: "create",
  key: text(key),
  value: text(value),
  headerCount: 0,
});
const shown = (table: readonly RecordSummary[]) => table.map(({ key, value }) => [key.text, value.format, value.text]);

test("a table has the newest record of each key, tombstones too, the one written last on top", () => {
  const table = updateKeyTable(
    [record(1, "a", "1"), record(0, "b", "1")],
    [record(2, "b", "2"), record(3, null, "no key"), record(4, "c", "1"), record(5, "a", null), record(6, "c", "2")],
  );
  expect(shown(table)).toEqual([
    ["c", "text", "2"],
    ["a", "null", ""],
    ["b", "text", "2"],
  ]);
  expect(updateKeyTable(table, [])).toBe(table);
});

test("a table is bounded", () => {
  const many = Array.from({ length: tableKeysShown + 10 }, (_, i) => record(i, `k${i}`, "v"));
  expect(updateKeyTable([], many)).toHaveLength(tableKeysShown);
});
