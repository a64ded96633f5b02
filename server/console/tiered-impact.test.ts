import { describe, expect, test } from "vitest";
import { localRetentionImpact, remoteStorageImpact, tieredLoss, tieredRecordsLoss } from "./tiered-impact.ts";
import { remoteRecordsOf } from "./tiered-offsets.ts";

const some = { remote: 5, onlyRemote: 4 };

test.each([
  [0, 3, undefined],
  [1, 1, "It is tiered: 5 messages in remote storage, 4 of them nowhere else, are deleted too."],
  [1, 3, "1 of them is tiered:"],
  [2, 3, "2 of them are tiered:"],
])("%d of %d deleted topics with remote segments", (tiered, of, text) =>
  expect(tieredLoss(tiered, of, some)[0]?.text).toEqual(text === undefined ? undefined : expect.stringContaining(text)),
);

test.each([
  [some, "Tiered: 5 messages in remote storage, 4 of them nowhere else, are deleted too; brokers delete a segment"],
  [{ remote: 1, onlyRemote: 1 }, "1 message in remote storage and nowhere else is deleted too"],
  [{ remote: 3, onlyRemote: 3 }, "3 messages in remote storage and nowhere else are deleted too"],
  [{ remote: 3, onlyRemote: 0 }, "3 messages in remote storage are deleted too"],
  [{ remote: 3, onlyRemote: null }, "3 messages in remote storage are deleted too"],
  [{ remote: null, onlyRemote: 4 }, "4 messages that only remote storage has, and copies there of others, are"],
  [{ remote: null, onlyRemote: null }, "brokers do not tell how much that is"],
  [{ remote: 0, onlyRemote: 0 }, "Tiered: nothing of it is in remote storage."],
])("records that go with %o", (records, text) =>
  expect(tieredRecordsLoss(records)).toEqual([
    { severity: records.remote === 0 ? "info" : "critical", text: expect.stringContaining(text) },
  ]),
);

describe("what of a deletion is in remote storage goes by offsets", () => {
  const span = (start: number, upTo: number) => ({ topic: "orders", partition: 0, start, upTo });
  test.each([
    ["all of it", span(0, 10), { localStart: 8, lastTiered: 8 }, { remote: 9, onlyRemote: 8 }],
    ["some of what is there only", span(2, 5), { localStart: 8, lastTiered: 8 }, { remote: 3, onlyRemote: 3 }],
    ["what begins on brokers", span(8, 10), { localStart: 8, lastTiered: 8 }, { remote: 1, onlyRemote: 0 }],
    ["nothing was copied yet", span(0, 10), { localStart: 0, lastTiered: -1 }, { remote: 0, onlyRemote: 0 }],
    ["brokers before KIP-1005", span(0, 10), { localStart: 4, lastTiered: null }, { remote: null, onlyRemote: 4 }],
    ["a partition without a leader", span(0, 10), undefined, { remote: null, onlyRemote: null }],
  ])("%s", (_, deleted, tier, expected) => {
    expect(remoteRecordsOf([deleted], () => tier)).toEqual(expected);
  });
});

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
