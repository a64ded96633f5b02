import * as z from "zod";
import { describe, expect, test } from "vitest";
import { problem, ProblemError } from "../../lib/problem.ts";
import { ClientError, type ClientErrorKind } from "../client/client-error.ts";
import { inputProblem, kafkaProblem, toProblem } from "./to-problem.ts";

const title = "Topic orders was not read";

describe("an error code of Kafka", () => {
  test.each([
    [3, "topic-not-found", false],
    [100, "topic-not-found", false],
    [36, "topic-exists", false],
    [29, "not-authorised", false],
    [58, "authentication-failed", false],
    [19, "not-enough-replicas", true],
    [10, "record-too-large", false],
    [5, "broker-unavailable", true],
    [7, "timed-out", true],
    [35, "unsupported-by-cluster", false],
    [40, "rejected-by-cluster", false],
    [44, "rejected-by-cluster", false],
    [-1, "rejected-by-cluster", false],
    [9_999, "rejected-by-cluster", false],
  ] as const)("%i is %s", (errorCode, code, retryable) => {
    expect(kafkaProblem(errorCode, null, { title })).toMatchObject({ code, title, retryable });
  });

  test("without words of the broker has Kafka's", () => {
    for (const message of [null, ""]) expect(kafkaProblem(3, message, { title }).detail).toMatch(/topic/);
  });

  test("the broker's own words stand, with Kafka's name of the code as a fact", () => {
    const found = kafkaProblem(44, "Only the platform team makes topics.", { title, facts: [["topic", "orders"]] });
    expect(found.detail).toBe("Only the platform team makes topics.");
    expect(found.facts).toEqual([
      ["error", "POLICY_VIOLATION (44)"],
      ["topic", "orders"],
    ]);
  });

  test("a missing right is named with who lacks it and the command that grants it", () => {
    const identity = { principal: "User:alice", bootstrap: ["a:1", "b:2"] };
    const needs = { operation: "Read", resource: { group: "g" } };
    expect(kafkaProblem(30, null, { title, needs, identity }).facts.slice(1)).toEqual([
      ["needs", "Read on group g"],
      ["as", "User:alice"],
      [
        "grant",
        "kafka-acls.sh --bootstrap-server a:1,b:2 --add --allow-principal 'User:alice' --operation Read --group 'g'",
      ],
    ]);
  });
});

describe("what is thrown", () => {
  test.each([
    ["unreachable", "cluster-unreachable", true],
    ["tls", "cluster-unreachable", true],
    ["malformed", "cluster-unreachable", true],
    ["closed", "cluster-unreachable", true],
    ["authentication", "authentication-failed", false],
    ["disconnected", "broker-unavailable", true],
    ["unavailable", "broker-unavailable", true],
    ["overloaded", "broker-unavailable", true],
    ["timed-out", "timed-out", true],
    ["unsupported", "unsupported-by-cluster", false],
  ] satisfies [ClientErrorKind, string, boolean][])("%s by the client is %s", (kind, code, retryable) => {
    expect(toProblem(new ClientError(kind, "why"), { title })).toMatchObject({ code, title, detail: "why", retryable });
  });

  test("a leader that is missing because its topic is, is a missing topic", () => {
    expect(toProblem(new ClientError("unavailable", "why", 3), { title })?.code).toBe("topic-not-found");
  });

  test.each([
    ["KafkaJSProtocolError", { code: 3 }, "topic-not-found"],
    ["KafkaJSConnectionError", {}, "cluster-unreachable"],
    ["KafkaJSRequestTimeoutError", {}, "timed-out"],
    ["KafkaJSSASLAuthenticationError", {}, "authentication-failed"],
    ["KafkaJSMetadataNotLoaded", {}, "broker-unavailable"],
  ])("%s of kafkajs, inside its retries, is known for what it is", (name, extra, code) => {
    const inner = Object.assign(new Error("inner"), { name, ...extra });
    const retries = Object.assign(new Error("outer"), { name: "KafkaJSNumberOfRetriesExceeded", cause: inner });
    const outer = Object.assign(new Error("outermost"), { name: "KafkaJSNonRetriableError", cause: retries });
    expect(toProblem(outer, { title })).toMatchObject({ code, title });
  });

  test("a problem goes through as it is, and a bug is none", () => {
    const known = problem({ code: "topic-exists", title: "t", detail: "d" });
    expect(toProblem(new ProblemError(known), { title })).toBe(known);
    expect(toProblem(new TypeError("undefined is not a function"), { title })).toBeUndefined();
  });
});

test("input that breaks its contract names each field with its first fault", () => {
  const contract = z.object({
    name: z.string().min(3, "Too short.").regex(/^a/, "Not an a."),
    deep: z.object({ x: z.number() }),
  });
  const parsed = contract.safeParse({ name: "b", deep: {} });
  if (parsed.success) throw new Error("a failure was expected");
  const found = inputProblem(parsed.error, title);
  expect(found.code).toBe("invalid-input");
  expect(found.fields).toEqual({ name: "Too short.", deep: expect.any(String) });
});
