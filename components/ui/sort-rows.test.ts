import { describe, expect, test } from "vitest";
import { sortRows } from "@/components/ui/sort-rows";

type Row = { readonly name: string; readonly size?: number };
const rows: readonly Row[] = [
  { name: "t10", size: 2 },
  { name: "t2" },
  { name: "b", size: 30 },
  { name: "a", size: 2 },
];
const columns = [
  { id: "name", sortBy: (row: Row) => row.name },
  { id: "size", sortBy: (row: Row) => row.size },
  { id: "menu" },
];
const names = (id: string, desc = false) => sortRows(rows, columns, { id, desc }).map((row) => row.name);

describe("rows", () => {
  test("are ordered by name as people count", () => expect(names("name")).toEqual(["a", "b", "t2", "t10"]));
  test("are ordered by number, those without one last", () => expect(names("size")).toEqual(["t10", "a", "b", "t2"]));
  test("the other way too", () => expect(names("size", true)).toEqual(["b", "t10", "a", "t2"]));
  test("stay as they are by a column without order", () => {
    expect(names("menu")).toEqual(["t10", "t2", "b", "a"]);
    expect(sortRows(rows, columns, undefined)).toBe(rows);
  });
});
