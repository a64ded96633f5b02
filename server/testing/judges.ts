import { describe, test } from "vitest";
import { type Judge, missingJudges } from "./judges-present.ts";

/**
 * `describe` for tests that need judges. Where one is missing, the tests are skipped with the reason in their name;
 * with CI=true that is a failure instead, so that a green run has really been judged.
 */
export function describeJudged(name: string, judges: readonly Judge[], body: () => void): void {
  const missing = missingJudges(judges);
  if (missing.length === 0) {
    describe(name, body);
  } else if (process.env.CI) {
    test(`${name}: needs ${missing.join(", ")}`, () => {
      throw new Error(`Install ${missing.join(", ")}: with CI=true a missing judge is a failure.`);
    });
  } else {
    describe.skip(`${name} (skipped: ${missing.join(", ")} not installed)`, body);
  }
}
