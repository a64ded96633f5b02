import { expect, test } from "vitest";
import { topicRows } from "@/components/topics/topic-rows";

test("topics have the labels that were put on them, whatever they are called", () => {
  const summary = {
    ...{ topicId: null, internal: false, partitionCount: 1, replicationFactor: 1, messages: 0, sizeBytes: 1 },
    ...{ retentionMs: null, retentionBytes: null, cleanupPolicy: null, minInsyncReplicas: null },
    ...{ underReplicated: 0, belowMinIsr: 0, offline: 0 },
  };
  const names = ["constructor", "toString", "__proto__", "orders"];
  const marks = { labels: { orders: ["paid"] }, favourites: ["constructor"], views: [] };
  const rows = topicRows(
    names.map((name) => ({ ...summary, name })),
    new Map(),
    marks,
  );
  expect(rows.map(({ labels }) => labels)).toEqual([[], [], [], ["paid"]]);
  expect(rows.map(({ isFavourite }) => isFavourite)).toEqual([true, false, false, false]);
});
