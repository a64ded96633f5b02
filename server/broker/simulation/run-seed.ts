import { SeededRandom } from "../../environment/simulated/random.ts";
import { swarm } from "./faults.ts";
import type { Scenario } from "./scenario.ts";

/** A seed that broke a promise: with which error, and what is known of the faults that it takes. */
export type BrokenSeed = {
  readonly error: unknown;
  /** Each class of faults that was left out, and what came of it. */
  readonly tried: readonly string[];
  /** Repeats it with as few classes of faults as still break the promise. */
  readonly command: string;
};

/** What became of a seed: a line about the run, or how it failed. */
export type SeedOutcome = { readonly summary: string } | BrokenSeed;

/** Runs a scenario from a seed with the classes of faults that the seed draws, or with these. After a failure it is run again, a class less at a time. */
export async function runSeed(scenario: Scenario, seed: string, forced: readonly string[] = []): Promise<SeedOutcome> {
  const classes = forced.length > 0 ? forced : swarm(new SeededRandom(seed).fork("swarm"), scenario.classes);
  const outcome = await attempt(scenario, seed, classes);
  if ("summary" in outcome) return outcome;
  const tried: string[] = [];
  let fewest = classes;
  for (const each of classes) {
    const without = fewest.filter((other) => other !== each);
    if (without.length === 0) continue;
    const again = await attempt(scenario, seed, without);
    tried.push(`without ${each}: ${"summary" in again ? "it holds" : "still broken"}`);
    if (!("summary" in again)) fewest = without;
  }
  const command = `npm run simulate -- --scenario ${scenario.name} --from ${seed} --seeds 1 --faults ${fewest.join(",")}`;
  return { error: outcome.error, tried, command };
}

/** The message of a failed seed, for people. */
export function describeBroken(scenario: Scenario, seed: string, { error, tried, command }: BrokenSeed): string {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [`${scenario.name}, seed ${seed}: ${message}`, "", ...tried, "", "To repeat it:", `  ${command}`, ""].join(
    "\n",
  );
}

async function attempt(
  scenario: Scenario,
  seed: string,
  classes: readonly string[],
): Promise<{ readonly summary: string } | { readonly error: unknown }> {
  try {
    return { summary: await scenario.run(seed, classes) };
  } catch (error) {
    return { error };
  }
}
