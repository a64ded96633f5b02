import { test } from "vitest";
import { describeBroken, runSeed } from "./run-seed.ts";
import type { Scenario } from "./scenario.ts";

/** A run with all its faults, at most. */
const SEED_LIMIT_MS = 120_000;

/** A test for seeds `from` to `from + seeds - 1` of a scenario. A failure prints the command that repeats it, with as few classes of faults as still fail. */
export function simulate(
  scenario: Scenario,
  { seeds, from = 1 }: { readonly seeds: number; readonly from?: number },
): void {
  const last = from + seeds - 1;
  test(
    `${scenario.promise} (${scenario.name}, seeds ${from} to ${last})`,
    { timeout: seeds * SEED_LIMIT_MS },
    async () => {
      for (let seed = from; seed <= last; seed++) {
        const outcome = await runSeed(scenario, String(seed));
        if ("command" in outcome)
          throw new Error(describeBroken(scenario, String(seed), outcome), { cause: outcome.error });
      }
    },
  );
}
