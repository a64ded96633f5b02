import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { journeyCounts, unitCounts } from "./report.mjs";

function reportOf(content: object): string {
  const file = join(mkdtempSync(join(tmpdir(), "report-")), "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe("the counts of a suite", () => {
  test("are those of the report", () => {
    const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1, testResults: [] };
    expect(unitCounts(reportOf(vitest), true)).toEqual({ passed: 5, failed: 0, skipped: 3 });
    const playwright = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 4 } };
    expect(journeyCounts(reportOf(playwright), false)).toEqual({ passed: 3, failed: 2, skipped: 4 });
  });

  test("name a failure for each file that did not load", () => {
    const testResults = [{ status: "failed", assertionResults: [] }];
    const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults };
    expect(unitCounts(reportOf(vitest), false)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });

  test("name a failure when the runner failed though no test did", () => {
    const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
    expect(unitCounts(reportOf(vitest), false).failed).toBe(1);
  });

  test("name a failure when there is no report", () => {
    expect(unitCounts("no/such/report.json", true).failed).toBe(1);
    expect(journeyCounts("no/such/report.json", true).failed).toBe(1);
  });
});
