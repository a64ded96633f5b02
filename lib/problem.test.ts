import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { problem, ProblemError, problemOf, problemSchema } from "@/lib/problem";
import { fail, resultSchema, succeed } from "@/lib/result";

const late = problem({ code: "timed-out", title: "No answer", detail: "REQUEST_TIMED_OUT" });

describe("problems", () => {
  test("say by their code whether trying again may help, unless told", () => {
    expect(late.retryable).toBe(true);
    expect(problem({ code: "topic-exists", title: "", detail: "" }).retryable).toBe(false);
    expect(problem({ code: "topic-exists", title: "", detail: "", retryable: true }).retryable).toBe(true);
  });

  test("come only with codes of the closed list", () => {
    expect(problemSchema.safeParse({ ...late, code: "other" }).success).toBe(false);
  });

  test("survive being thrown", () => expect(problemOf(new ProblemError(late))).toBe(late));

  test("stand for anything else that is thrown", () => {
    expect(problemOf(new TypeError("x is not a function"))).toMatchObject({
      code: "internal",
      detail: "x is not a function",
    });
  });
});

describe("results", () => {
  const schema = resultSchema(z.number());

  test("cross as JSON", () => {
    expect(schema.parse(JSON.parse(JSON.stringify(succeed(3))))).toEqual({ ok: true, value: 3 });
    expect(schema.parse(JSON.parse(JSON.stringify(fail(late))))).toEqual({ ok: false, problem: late });
  });

  test("with the wrong value are refused", () =>
    expect(schema.safeParse({ ok: true, value: "3" }).success).toBe(false));
});
