import { expect, test } from "vitest";
import { nearSpelling } from "@/lib/near-spelling";

const names = ["orders.payments.v2", "orders.created", "fraud.scores"];

test.each([
  ["paymnets", "orders.payments.v2"],
  ["Fraud", "fraud.scores"],
  ["orders.craeted", "orders.created"],
  ["telemetry", undefined],
])("for %s it offers %s", (typed, name) => expect(nearSpelling(typed, names)).toBe(name));
