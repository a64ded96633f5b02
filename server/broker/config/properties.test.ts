import { expect, test } from "vitest";
import { parseProperties } from "./properties.ts";

const cases: readonly {
  readonly says: string;
  readonly text: string;
  readonly gives: readonly (readonly [string, string])[];
}[] = [
  {
    says: "name and value are divided by =, : or a space",
    text: "a=1\nb: 2\nc 3",
    gives: [
      ["a", "1"],
      ["b", "2"],
      ["c", "3"],
    ],
  },
  { says: "comments and empty lines are passed over", text: "# a=1\n\n  ! b=2\nc=3", gives: [["c", "3"]] },
  {
    says: "blanks around name and separator go, those at the end of the value stay",
    text: "  a  =  1 ",
    gives: [["a", "1 "]],
  },
  {
    says: "a backslash at the end joins the next line without its indentation",
    text: "a=1,\\\n   2\nb=3",
    gives: [
      ["a", "1,2"],
      ["b", "3"],
    ],
  },
  {
    says: "two backslashes at the end are one backslash",
    text: "a=1\\\\\nb=2",
    gives: [
      ["a", "1\\"],
      ["b", "2"],
    ],
  },
  { says: "escapes are read in names and values", text: "a\\=b=\\t\\u0041\\q", gives: [["a=b", "\tAq"]] },
  { says: "only the first separator counts", text: "a=b=c", gives: [["a", "b=c"]] },
  { says: "a name alone has the empty value", text: "a", gives: [["a", ""]] },
  {
    says: "lines end as on Windows, too",
    text: "a=1\r\nb=2\r\n",
    gives: [
      ["a", "1"],
      ["b", "2"],
    ],
  },
];

for (const { says, text, gives } of cases)
  test(`properties: ${says}`, () => {
    expect(parseProperties(text).map(({ name, value }) => [name, value])).toEqual(gives);
  });

test("a property knows the line on which it starts", () => {
  expect(parseProperties("# x\na=1,\\\n2\nb=3").map(({ line }) => line)).toEqual([2, 4]);
});
