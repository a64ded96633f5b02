import { expect, test } from "vitest";
import { configEntryOf } from "./config-entry.ts";

const described = {
  name: "listeners",
  value: null,
  readOnly: true,
  configSource: 5,
  isSensitive: false,
  synonyms: [],
  configType: 2,
  documentation: null,
};

test("what was set while running is not read-only, whatever the broker says", () => {
  const isReadOnly = (configSource: number) => configEntryOf({ ...described, configSource }, []).isReadOnly;
  expect([2, 3, 4, 5].map(isReadOnly)).toEqual([false, false, true, true]);
});

test("documentation is text: Kafka's marks go, what only looks like one stays", () => {
  const documented = (documentation: string | null) => configEntryOf({ ...described, documentation }, []).documentation;
  expect(documented("One of <code>a</code> &amp; b:<ul><li>first</li><li><a href='#x'>second</a></li></ul>")).toBe(
    "One of a & b: first second",
  );
  expect(documented("As <host>:<port> &lt; 5")).toBe("As <host>:<port> < 5");
  expect(documented(null)).toBeNull();
});
