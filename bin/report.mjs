// Reads how many tests ran out of the JSON reports of vitest and Playwright.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "./run.mjs";

/** Counts of a vitest report. A file that did not load, or a run that ended without a report, counts as a failure. */
export function unitCounts(file, ok) {
  const report = read(file);
  if (!report) return nothing;
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return atLeastOneFailure(ok, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

/** Counts of a Playwright report; a test that passed only on retry counts as failed. */
export function journeyCounts(file, ok) {
  const stats = read(file)?.stats;
  if (!stats) return nothing;
  return atLeastOneFailure(ok, {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  });
}

const nothing = { passed: 0, failed: 1, skipped: 0 };

function atLeastOneFailure(ok, counts) {
  return { ...counts, failed: ok ? counts.failed : Math.max(1, counts.failed) };
}

function read(file) {
  try {
    return JSON.parse(readFileSync(resolve(root, file), "utf8"));
  } catch {
    return undefined;
  }
}
