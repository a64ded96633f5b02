import { expect, test } from "vitest";
import type { Connector } from "./connect-cluster.ts";
import { connectorsOfTopic } from "./connectors-of-topic.ts";

const connector = (name: string, kind: "source" | "sink", rest: Partial<Connector>): Connector => ({
  name,
  kind,
  config: {},
  state: { state: "RUNNING" },
  tasks: [],
  usedTopics: [],
  ...rest,
});
const of = (...connectors: Connector[]) => connectorsOfTopic(connectors, "orders", "http://connect");

test("a sink is found by its list of topics, by its expression, and by what its tasks read", () => {
  const found = of(
    connector("a-list", "sink", { config: { topics: "payments, orders" } }),
    connector("b-expression", "sink", { config: { "topics.regex": "ord.*" } }),
    connector("c-part", "sink", { config: { "topics.regex": "ord" } }),
    connector("d-java", "sink", { config: { "topics.regex": "(?!x)orders" }, usedTopics: ["orders"] }),
    connector("e-other", "sink", { config: { topics: "orders-eu" } }),
  );
  expect(found.map(({ name, use, isNamed, isSeen }) => [name, use, isNamed, isSeen])).toEqual([
    ["a-list", "reads", true, false],
    ["b-expression", "reads", true, false],
    ["d-java", "reads", false, true],
  ]);
});

test("a source is found by what it wrote, or by the topic in its config; a sink by its dead letters too", () => {
  const found = of(
    connector("database", "source", { config: { "topic.prefix": "ord" }, usedTopics: ["orders"] }),
    connector("file", "source", { config: { topic: "orders" }, usedTopics: null }),
    connector("sink", "sink", { config: { topics: "p", "errors.deadletterqueue.topic.name": "orders" } }),
  );
  expect(found.map(({ name, use, isNamed, isSeen }) => [name, use, isNamed, isSeen])).toEqual([
    ["database", "writes", false, true],
    ["file", "writes", true, null],
    ["sink", "dead-letters", true, false],
  ]);
});

test("tasks are counted, and the failure is the first line of the first trace; a config never comes along", () => {
  const trace = "java.io.IOException: disk full\n\tat java.base/…";
  const config = { topics: "orders", "connection.password": "hush" };
  const tasks = [{ state: "RUNNING" }, { state: "FAILED", trace }];
  const found = of(connector("sink", "sink", { config, tasks }));
  expect(found).toMatchObject([
    { tasks: { total: 2, running: 1, failed: 1 }, failure: "java.io.IOException: disk full" },
  ]);
  expect(JSON.stringify(found)).not.toContain("hush");
});
