import { describe, expect, test } from "vitest";
import { formatRecordAddress, parseRecordAddress } from "@/lib/record-address";
import { messageBrowserState, messageQueryOf } from "@/lib/message-url";
import { brokerPath, groupPath, jobsPath, journalPath, journalQueryOf, topicPath } from "@/lib/url";

const nowhere = {
  from: "newest",
  offset: null,
  offsets: null,
  time: null,
  last: null,
  group: null,
  to: null,
  until: null,
  partitions: null,
  topics: null,
  limit: 100,
  control: false,
  edge: null,
  turn: null,
  decode: null,
  decodeKey: null,
  columns: null,
} as const;

describe("a record's address", () => {
  test("is written and read back exactly, beyond 2^53 too", () => {
    const address = { partition: 7, offset: "9223372036854775807" };
    expect(formatRecordAddress(address)).toBe("p7@9223372036854775807");
    expect(parseRecordAddress("p7@9223372036854775807")).toEqual(address);
    const elsewhere = { topic: "payments.eu", partition: 0, offset: "5" };
    expect(formatRecordAddress(elsewhere)).toBe("payments.eu:p0@5");
    expect(parseRecordAddress("payments.eu:p0@5")).toEqual(elsewhere);
  });

  test.each(["", "7@1", "p@1", "p1@", "p1@-1", "p1@1x"])("%j is none", (text) =>
    expect(parseRecordAddress(text)).toBeNull(),
  );
});

describe("the message browser's read", () => {
  test("starts at the newest by default", () =>
    expect(messageQueryOf(nowhere)).toEqual({ from: "newest", limit: 100 }));

  test("carries the offset or the time of its place", () => {
    expect(messageQueryOf({ ...nowhere, from: "offset", offset: "12", partitions: "0,3" })).toEqual({
      from: "offset",
      offset: "12",
      limit: 100,
      partitions: "0,3",
    });
    expect(messageQueryOf({ ...nowhere, from: "time", time: 5, limit: 500 })).toEqual({
      from: "time",
      timeMs: 5,
      limit: 500,
    });
  });

  test("carries every other place, bound, page and choice", () => {
    expect(messageQueryOf({ ...nowhere, from: "offsets", offsets: "0:5,2:7" })).toMatchObject({ offsets: "0:5,2:7" });
    expect(messageQueryOf({ ...nowhere, from: "last", last: "15m" })).toMatchObject({ from: "last", last: "15m" });
    expect(messageQueryOf({ ...nowhere, from: "group", group: "billing" })).toMatchObject({ group: "billing" });
    const all = { to: "9", until: 8, topics: "payments", control: true, edge: "0:4", turn: "next" } as const;
    expect(messageQueryOf({ ...nowhere, ...all, decode: "hex", decodeKey: "auto", columns: ["/id"] })).toEqual({
      from: "newest",
      limit: 100,
      toOffset: "9",
      toMs: 8,
      topics: "payments",
      control: "true",
      edge: "0:4",
      turn: "next",
      valueAs: "hex",
      columns: '["/id"]',
    });
  });

  test("of an address that somebody wrote by hand is the newest", () =>
    expect(messageQueryOf({ ...nowhere, partitions: "all of them" })).toEqual({ from: "newest", limit: 100 }));

  test("falls back to the newest when the place is not given", () => {
    expect(messageQueryOf({ ...nowhere, from: "offset" }).from).toBe("newest");
    expect(messageQueryOf({ ...nowhere, from: "time" }).from).toBe("newest");
  });

  test("keeps a limit from the address within bounds", () => {
    expect(messageQueryOf({ ...nowhere, limit: 1e9 }).limit).toBe(5_000);
    expect(messageQueryOf({ ...nowhere, limit: -4 }).limit).toBe(1);
  });

  test("carries decoders, one's own too, and ignores what is none", () => {
    const { decode } = messageBrowserState;
    expect(["hex", "own:Acme orders", "Acme orders", "own:../x"].map((text) => decode.parse(text))).toEqual([
      "hex",
      "own:Acme orders",
      null,
      null,
    ]);
  });

  test("ignores offsets that are not numbers", () => expect(messageBrowserState.offset.parse("12a")).toBeNull());
});

test("topics have addresses by tab", () =>
  expect(topicPath("local", "orders.v2", "partitions")).toBe("/local/topics/orders.v2/partitions"));

test("the address of the journal becomes its read, without what narrows nothing", () => {
  const nothing = { q: "", actor: null, kind: null, state: null, from: null, until: null, before: null };
  expect(journalQueryOf(nothing)).toEqual({ limit: 100 });
  const place = { q: "orders", actor: "mira", kind: "delete-topics", from: 1, until: 2, before: 40 };
  expect(journalQueryOf({ ...place, state: "failed" })).toEqual({
    text: "orders",
    actor: "mira",
    kind: "delete-topics",
    state: "failed",
    fromMs: 1,
    untilMs: 2,
    before: 40,
    limit: 100,
  });
  expect(journalQueryOf({ ...nothing, q: "x".repeat(600) }).text).toHaveLength(500);
});

test("names in addresses are written so that any name can be one", () => {
  expect(groupPath("local", "a/b c")).toBe("/local/groups/a%2Fb%20c");
  expect(groupPath("local", "billing", "members")).toBe("/local/groups/billing/members");
  expect(brokerPath("local", 2)).toBe("/local/brokers/2");
  expect(brokerPath("local", 2, "configuration")).toBe("/local/brokers/2/configuration");
  expect(jobsPath("local", 3)).toBe("/local/jobs?job=3");
  expect(journalPath("local")).toBe("/local/journal");
});
