import { expect, test } from "vitest";
import { packRecords, type PlainRecord, unpackRecords } from "./packed-records.ts";

const bytes = (text: string) => new Uint8Array(Buffer.from(text));

test("records that were packed and sent are the same records", async () => {
  const batch = bytes("between k1 and v1");
  const records: PlainRecord[] = [
    { topic: "orders", key: batch.subarray(8, 10), value: batch.subarray(15), headers: [] },
    { topic: "other", key: null, value: null, headers: [{ key: "größe", value: bytes("1") }] },
    {
      topic: "orders",
      key: bytes(""),
      value: bytes(""),
      headers: [
        { key: "", value: null },
        { key: "a", value: bytes("") },
      ],
    },
  ];
  const sent = structuredClone(await packRecords(records));
  expect(sent.texts.slice(0, 2)).toEqual(["orders", "other"]);
  expect([...unpackRecords(sent)]).toEqual(records);
  expect([...unpackRecords(await packRecords([]))]).toEqual([]);
});

test("packing many of them gives way", async () => {
  const many = Array.from({ length: 5_000 }, (_, n) => ({
    topic: "orders",
    key: null,
    value: bytes(`v${n}`),
    headers: [],
  }));
  let turns = 0;
  let isPacked = false;
  const count = () => {
    turns += 1;
    if (!isPacked) setImmediate(count);
  };
  setImmediate(count);
  const packed = await packRecords(many);
  isPacked = true;
  expect(turns).toBeGreaterThanOrEqual(4);
  expect([...unpackRecords(packed)].at(-1)).toEqual(many.at(-1));
});
