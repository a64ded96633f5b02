import { expect, test } from "vitest";
import type { ConfigEntry } from "../../lib/contracts/configs.ts";
import { differencesOf } from "./compare-brokers.ts";

function entry(name: string, value: string): ConfigEntry {
  return {
    ...{ name, value, type: "string", source: "static-broker", isReadOnly: true, isSensitive: false },
    ...{ defaultValue: "8", documentation: null, synonyms: [{ name, value: "8", source: "default" }] },
  };
}

test("a node that is controller too differs in what it was set, not in what it is", () => {
  const combined = [entry("node.id", "1"), entry("process.roles", "broker,controller"), entry("num.io.threads", "8")];
  const broker = [entry("node.id", "2"), entry("process.roles", "broker"), entry("num.io.threads", "16")];
  const differences = differencesOf(
    new Map([
      [1, combined],
      [2, broker],
    ]),
  );
  expect(differences).toEqual([
    { name: "num.io.threads", values: { "1": "8", "2": "16" }, defaultValue: "8", isReadOnly: true },
  ]);
});
