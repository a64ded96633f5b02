import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { journeyReport, unitReport } from "./report.mjs";
import { root } from "./run.mjs";

function reportOf(content: object): string {
  const file = join(mkdtempSync(join(tmpdir(), "report-")), "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const vitest = {
  testResults: [
    {
      name: join(root, "lib/format.test.ts"),
      status: "failed",
      assertionResults: [
        { title: "writes sizes", status: "passed", failureMessages: [] },
        { title: "writes times", status: "failed", failureMessages: ["expected 1\n\n  to be 2"] },
        { title: "is left out", status: "skipped", failureMessages: [] },
        { title: "is to come", status: "todo", failureMessages: [] },
      ],
    },
  ],
};

describe("the report of a suite", () => {
  test("has each test of vitest with its file, and why it failed", () => {
    const { tests, ...counts } = unitReport(reportOf(vitest), false);
    expect(counts).toEqual({ passed: 1, failed: 1, skipped: 2 });
    expect(tests[1]).toEqual({
      file: "lib/format.test.ts",
      title: "writes times",
      outcome: "failed",
      why: "expected 1\n  to be 2",
    });
  });

  test("has each test of Playwright, one that passed on retry as failed", () => {
    const spec = (title: string, status: string) => ({
      title,
      file: "topics.spec.ts",
      tests: [{ status, results: [] }],
    });
    const playwright = {
      config: { rootDir: join(root, "e2e") },
      suites: [
        {
          specs: [spec("lists", "expected")],
          suites: [{ specs: [spec("sorts", "flaky"), spec("filters", "skipped")] }],
        },
      ],
    };
    const { tests, ...counts } = journeyReport(reportOf(playwright), true);
    expect(counts).toEqual({ passed: 1, failed: 1, skipped: 1 });
    expect(tests).toMatchObject([
      { file: "e2e/topics.spec.ts", title: "lists", outcome: "passed" },
      { file: "e2e/topics.spec.ts", title: "sorts", outcome: "failed" },
      { file: "e2e/topics.spec.ts", title: "filters", outcome: "skipped" },
    ]);
  });

  test("names a failure for each file that did not load", () => {
    const testResults = [
      { name: join(root, "a.test.ts"), status: "failed", message: "no such file", assertionResults: [] },
    ];
    expect(unitReport(reportOf({ testResults }), false)).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
  });

  test("names a failure when the runner failed though no test did", () => {
    expect(unitReport(reportOf({ testResults: [] }), false).failed).toBe(1);
  });

  test("names a failure when there is no report", () => {
    expect(unitReport("no/such/report.json", true).failed).toBe(1);
    expect(journeyReport("no/such/report.json", true).failed).toBe(1);
  });
});
