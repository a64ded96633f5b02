import { expect, test } from "vitest";
import { sampleRecord } from "./sample-records.ts";
import { sampleTopics } from "./sample-topics.ts";

/** The same numbers again and again. */
function dice() {
  let state = 7;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

test.each(sampleTopics.map(({ name }) => name))("records of %s have keys, headers and JSON", (topic) => {
  const roll = dice();
  for (let sequence = 0; sequence < 200; sequence += 1) {
    const record = sampleRecord(topic, sequence, 1_764_000_000_000, roll);
    expect(record.topic).toBe(topic);
    expect(record.key).toMatch(/^[a-z]{3}-[0-9a-f]+$/);
    expect(record.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    if (record.value !== null) expect(Object.keys(JSON.parse(record.value)).length).toBeGreaterThan(4);
  }
});

test("an order and its payment have one key, and customers come again and leave", () => {
  const roll = dice();
  expect(sampleRecord("orders", 12, 0, roll).key).toBe(sampleRecord("payments", 12, 0, roll).key);
  const customers = Array.from({ length: 1_000 }, () => sampleRecord("customers", 0, 0, roll));
  expect(new Set(customers.map(({ key }) => key)).size).toBeLessThan(201);
  expect(customers.some(({ value }) => value === null)).toBe(true);
});
