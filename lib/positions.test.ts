import { expect, test } from "vitest";
import { formatPositions, parsePositions } from "@/lib/positions";

test("offsets by partition go into an address and come back", () => {
  const positions = [
    { topic: "orders", partition: 0, offset: "120" },
    { topic: "payments.eu", partition: 11, offset: "9223372036854775807" },
  ];
  const text = formatPositions(positions, "orders");
  expect(text).toBe("0:120,payments.eu/11:9223372036854775807");
  expect(parsePositions(text, "orders")).toEqual(positions);
  expect(parsePositions(" 0:1, 2:3 ", "t")?.map(({ offset }) => offset)).toEqual(["1", "3"]);
});

test.each(["", "0", "0:", "a:1", "0:1,", "a/b/0:1", "0:-1"])("%j is none", (text) =>
  expect(parsePositions(text, "orders")).toBeNull(),
);
