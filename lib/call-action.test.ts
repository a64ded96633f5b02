import { expect, test } from "vitest";
import { callAction } from "@/lib/call-action";
import { problem, problemOf } from "@/lib/problem";
import { fail, succeed } from "@/lib/result";

const exists = problem({ code: "topic-exists", title: "Topic a was not created", detail: "It exists." });

test("gives the value of an action that did its work", async () => {
  expect(await callAction((input: number) => Promise.resolve(succeed(input + 1)), 1)).toBe(2);
});

test("throws the problem of an action that did not", async () => {
  const error: unknown = await callAction(() => Promise.resolve(fail(exists)), 1).catch((thrown: unknown) => thrown);
  expect(problemOf(error)).toEqual(exists);
});

test("says that the outcome is unknown when the console went away", async () => {
  const error: unknown = await callAction(() => Promise.reject(new TypeError("Failed to fetch")), 1).catch(
    (thrown: unknown) => thrown,
  );
  expect(problemOf(error)).toMatchObject({ code: "console-unreachable", facts: [["error", "Failed to fetch"]] });
});
