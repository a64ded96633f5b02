import { expect, test } from "vitest";
import { gridItems } from "@/components/ui/grid-items";

const rows = [
  { name: "a", isBad: false },
  { name: "b", isBad: true },
  { name: "c", isBad: false },
];
const sectionOf = (row: { isBad: boolean }) => (row.isBad ? "Needs attention" : "Keeping up");

test("without sections a table is its rows", () => {
  expect(gridItems(rows, undefined, []).map((item) => item.kind)).toEqual(["row", "row", "row"]);
});

test("sections stand in the order given, each with its heading and count, and rows keep their order within", () => {
  const items = gridItems(rows, sectionOf, ["Needs attention", "Keeping up"]);
  expect(items.map((item) => (item.kind === "heading" ? `${item.section} ${item.count}` : item.row.name))).toEqual([
    "Needs attention 1",
    "b",
    "Keeping up 2",
    "a",
    "c",
  ]);
});

test("an empty section has no heading, and one that nobody named comes last", () => {
  const items = gridItems(
    [rows[0], rows[1]].filter((row) => row !== undefined),
    sectionOf,
    ["Other", "Needs attention"],
  );
  expect(items.flatMap((item) => (item.kind === "heading" ? item.section : []))).toEqual([
    "Needs attention",
    "Keeping up",
  ]);
});
