import { expect, test } from "vitest";
import { historySeriesMax } from "@/lib/contracts/history";
import type { BrokerSummary } from "@/lib/contracts/broker-summary";
import { drawnTopics, overviewSeries, slowestBrokers } from "@/lib/overview-series";

const broker = (id: number, latencyMs: number | null, state: BrokerSummary["state"] = "running"): BrokerSummary => ({
  id,
  latencyMs,
  version: null,
  state,
  supervised: null,
  host: "127.0.0.1",
  port: 9092,
  rack: null,
  isController: false,
  leaders: 0,
  replicas: 0,
  outOfSync: 0,
  sizeBytes: null,
  diskTotalBytes: null,
  diskUsableBytes: null,
  sizes: [],
  problem: null,
  readAtMs: 0,
});

test("another order of ranks asks the same question", () => {
  const glance = {
    busiestTopics: ["b", "a"],
    largestTopics: ["d", "c"],
    laggingGroups: ["y", "x"],
    brokers: [broker(1, 2)],
  };
  const turned = {
    busiestTopics: ["a", "b"],
    largestTopics: ["c", "d"],
    laggingGroups: ["x", "y"],
    brokers: [broker(1, 1)],
  };
  expect(overviewSeries(glance)).toEqual(overviewSeries(turned));
  expect(overviewSeries(glance).length).toBeLessThanOrEqual(historySeriesMax);
});

test("of many brokers the slowest are drawn, by number; one that left has nothing to draw", () => {
  const brokers = [
    broker(10, 9),
    broker(2, 8),
    broker(3, 7),
    broker(4, 6),
    broker(5, 5),
    broker(6, 4),
    broker(7, 99, "gone"),
  ];
  expect(slowestBrokers({ brokers })).toEqual(["2", "3", "4", "5", "10"]);
});

test("before rates are known the largest topics are drawn", () => {
  expect(drawnTopics({ busiestTopics: [], largestTopics: ["z", "y"] })).toEqual(["y", "z"]);
  expect(drawnTopics({ busiestTopics: ["a"], largestTopics: ["z", "y"] })).toEqual(["a"]);
});
