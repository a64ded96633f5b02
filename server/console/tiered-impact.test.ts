import { expect, test } from "vitest";
import { localRetentionImpact, remoteStorageImpact, tieredLoss } from "./tiered-impact.ts";

test.each([
  [0, 3, undefined],
  [1, 1, "It is tiered: what is in remote storage is deleted too."],
  [1, 3, "1 of them is tiered:"],
  [2, 3, "2 of them are tiered:"],
])("%d of %d deleted topics with remote segments", (tiered, of, text) =>
  expect(tieredLoss(tiered, of)[0]?.text).toEqual(text === undefined ? undefined : expect.stringContaining(text)),
);

test.each([
  ["local.retention.ms", "3600000", true, "themselves 1 h."],
  ["local.retention.ms", "-2", true, "as long as retention.ms says"],
  ["local.retention.bytes", "1000000", true, "up to 1.00 MB in a partition"],
  ["local.retention.bytes", null, false, "does nothing as long as remote.storage.enable is false"],
] as const)("%s=%s of a tiered topic (%s)", (name, is, isTiered, text) =>
  expect(localRetentionImpact(name, { was: null, is, isTiered })[0]?.text).toContain(text),
);

test("switching remote storage off loses what is only there", () => {
  expect(remoteStorageImpact({ was: "true", is: "false", isTiered: true })[0]?.severity).toBe("critical");
  expect(remoteStorageImpact({ was: "false", is: "true", isTiered: false })[0]?.severity).toBe("info");
  expect(remoteStorageImpact({ was: null, is: "false", isTiered: false })).toEqual([]);
});
