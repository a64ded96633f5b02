import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { changes } from "./changes.ts";

test("each kind of change names the tests of its plan and of its way back", () => {
  const table = readFileSync(new URL("../../docs/proof/changes.md", import.meta.url), "utf8");
  const rows = [...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, kind]) => kind);
  expect(new Set(rows)).toEqual(new Set(changes.keys()));
  expect(rows).toHaveLength(changes.size);
});
