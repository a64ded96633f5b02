import { expect, test } from "vitest";
import { subjectsOfTopic } from "./subjects-of-topic.ts";

const subjects = [
  "orders-eu-value",
  "orders-value",
  "orders-com.acme.Paid",
  "orders-key",
  "orders-eu-com.acme.Paid",
  "orders",
  "orders-",
  "com.acme.Paid",
  "reorders-value",
];

test("a topic has its key, its value and its records, and not those of a topic whose name begins with its own", () => {
  expect(subjectsOfTopic(subjects, "orders")).toEqual([
    { subject: "orders-key", part: "key", recordName: null },
    { subject: "orders-value", part: "value", recordName: null },
    { subject: "orders-com.acme.Paid", part: "record", recordName: "com.acme.Paid" },
  ]);
  expect(subjectsOfTopic(subjects, "orders-eu").map(({ subject }) => subject)).toEqual([
    "orders-eu-value",
    "orders-eu-com.acme.Paid",
  ]);
});
