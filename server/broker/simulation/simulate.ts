import { expect, test } from "vitest";
import { SeededRandom } from "../../environment/simulated/random.ts";
import { FAULT_CLASSES, type FaultClass, swarm } from "./faults.ts";

/** What a scenario does with a seed and the classes of faults that its run meets. Throws when a promise is broken. */
export type Scenario = (seed: string, classes: readonly FaultClass[]) => Promise<void>;

/** A run with all its faults, at most. */
const TIMEOUT_MS = 120_000;

/**
 * A test a seed: the same few always, and those that the environment asks for. `SIMULATION_SEEDS=a,b` runs others instead, and
 * `SIMULATION_FAULTS=class,class` fixes the classes. A failure prints the command that repeats it, with as few classes of faults as still fail.
 */
export function simulation(
  name: string,
  options: { readonly seeds: number; readonly classes: readonly FaultClass[]; readonly file: string },
  scenario: Scenario,
): void {
  const asked = listOf(process.env["SIMULATION_SEEDS"]);
  const fixed = Array.from({ length: options.seeds }, (_, index) => String(index + 1));
  for (const seed of asked.length > 0 ? asked : fixed) {
    test(`${name} (seed ${seed})`, { timeout: TIMEOUT_MS }, async () => {
      const forced = listOf(process.env["SIMULATION_FAULTS"]).filter((each) => isFaultClass(each));
      const classes = forced.length > 0 ? forced : swarm(new SeededRandom(seed).fork("swarm"), options.classes);
      const failure = await failureOf(scenario, seed, classes);
      if (failure === undefined) return expect(failure).toBeUndefined();
      const fewest = forced.length > 0 ? classes : await fewestClasses(scenario, seed, classes);
      throw new Error(`${messageOf(failure)}\n\nTo repeat it:\n  ${commandOf(options.file, seed, fewest)}\n`, {
        cause: failure,
      });
    });
  }
}

/** Leaves classes out one after the other while the run still fails. */
async function fewestClasses(
  scenario: Scenario,
  seed: string,
  classes: readonly FaultClass[],
): Promise<readonly FaultClass[]> {
  let fewest = classes;
  for (const each of classes) {
    const without = fewest.filter((other) => other !== each);
    if (without.length > 0 && (await failureOf(scenario, seed, without)) !== undefined) fewest = without;
  }
  return fewest;
}

async function failureOf(scenario: Scenario, seed: string, classes: readonly FaultClass[]): Promise<unknown> {
  try {
    await scenario(seed, classes);
    return undefined;
  } catch (error) {
    return error;
  }
}

function commandOf(file: string, seed: string, classes: readonly FaultClass[]): string {
  return `SIMULATION_SEEDS=${seed} SIMULATION_FAULTS=${classes.join(",")} npx vitest run ${file}`;
}

function listOf(text: string | undefined): string[] {
  return (text ?? "").split(",").filter((each) => each !== "");
}

function isFaultClass(text: string): text is FaultClass {
  return FAULT_CLASSES.some((each) => each === text);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
