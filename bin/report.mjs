// Reads which tests ran, and how, out of the JSON reports of vitest and Playwright.
import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./run.mjs";

/**
 * What a vitest report tells: counts, and each test with its file, title, outcome and the first lines of its failure.
 * A file that did not load, or a run that ended without a report, counts as a failure.
 */
export function unitReport(file, ok) {
  const report = read(file);
  if (!report) return unread(file);
  const tests = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const place = relative(root, name);
    if (status === "failed" && assertionResults.length === 0) {
      return [{ file: place, title: "(the file did not load)", outcome: "failed", why: firstLines(message) }];
    }
    return assertionResults.map((result) => ({
      file: place,
      title: result.title,
      outcome: outcomes[result.status] ?? "skipped",
      why: firstLines(result.failureMessages?.[0]),
    }));
  });
  return summed(tests, ok);
}

/** What a Playwright report tells, in the same shape; a test that passed only on retry counts as failed. */
export function journeyReport(file, ok) {
  const report = read(file);
  if (!report?.suites) return unread(file);
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  const tests = report.suites.flatMap(specs).flatMap((spec) =>
    spec.tests.map(({ status, results }) => ({
      file: relative(root, resolve(report.config?.rootDir ?? join(root, "e2e"), spec.file)),
      title: spec.title,
      outcome: outcomes[status] ?? "skipped",
      why: firstLines(results?.findLast(({ error }) => error)?.error.message),
    })),
  );
  return summed(tests, ok);
}

const outcomes = { passed: "passed", expected: "passed", failed: "failed", unexpected: "failed", flaky: "failed" };

function summed(tests, ok) {
  const count = (outcome) => tests.filter((test) => test.outcome === outcome).length;
  const failed = ok ? count("failed") : Math.max(1, count("failed"));
  return { passed: count("passed"), failed, skipped: count("skipped"), tests };
}

function unread(file) {
  const why = "no report was written: the run ended before its end";
  return { passed: 0, failed: 1, skipped: 0, tests: [{ file, title: "(no report)", outcome: "failed", why }] };
}

function firstLines(message) {
  const lines = stripVTControlCharacters(message ?? "").split("\n");
  return lines
    .filter((line) => line.trim() !== "")
    .slice(0, 6)
    .join("\n");
}

function read(file) {
  try {
    return JSON.parse(readFileSync(resolve(root, file), "utf8"));
  } catch {
    return undefined;
  }
}
