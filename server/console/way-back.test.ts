import { expect, test } from "vitest";
import { problem, type ProblemCode } from "../../lib/problem.ts";
import { wayBackOf } from "./way-back.ts";

const failed = (code: ProblemCode) =>
  wayBackOf({
    id: 1,
    atMs: 0,
    durationMs: 0,
    actor: "local user",
    cluster: "local",
    kind: "create-topic",
    title: "Create topic orders",
    target: { type: "topic", name: "orders" },
    summary: "",
    outcome: "failed",
    input: {},
    before: {},
    after: {},
    problem: problem({ code, title: "Topic orders was not created", detail: "" }),
    cli: null,
    code: null,
    fingerprint: null,
    jobId: null,
    reverts: null,
    revertedBy: null,
  });

test("a change that failed changed nothing, unless the cluster's answer is what was missing", () => {
  expect(failed("topic-exists")).toEqual({ irreversible: "Nothing was changed." });
  for (const code of ["cluster-unreachable", "broker-unavailable", "timed-out"] as const)
    expect(failed(code)).toEqual({ irreversible: expect.stringMatching(/^It is not known whether it was changed/) });
});
