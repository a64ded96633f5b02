import { expect, test } from "vitest";
import { SeededRandom } from "../../environment/simulated/random.ts";
import { swarm } from "./faults.ts";

/** What a scenario does with a seed and the classes of faults that its run meets. Throws when a promise is broken. */
export type Scenario<Class extends string> = (seed: string, classes: readonly Class[]) => Promise<void>;

/** A run with all its faults, at most. */
const TIMEOUT_MS = 120_000;

/**
 * A test a seed: the same few always, and those that the environment asks for. `SIMULATION_SEEDS=a,b` runs others instead, and
 * `SIMULATION_FAULTS=class,class` fixes the classes. A failure prints the command that repeats it, with as few classes of faults as still fail.
 */
export function simulation<Class extends string>(
  name: string,
  options: { readonly seeds: number; readonly classes: readonly Class[]; readonly file: string },
  scenario: Scenario<Class>,
): void {
  const asked = listOf(process.env["SIMULATION_SEEDS"]);
  const fixed = Array.from({ length: options.seeds }, (_, index) => String(index + 1));
  for (const seed of asked.length > 0 ? asked : fixed) {
    test(`${name} (seed ${seed})`, { timeout: TIMEOUT_MS }, async () => {
      const wanted = listOf(process.env["SIMULATION_FAULTS"]);
      const forced = options.classes.filter((each) => wanted.includes(each));
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
async function fewestClasses<Class extends string>(
  scenario: Scenario<Class>,
  seed: string,
  classes: readonly Class[],
): Promise<readonly Class[]> {
  let fewest = classes;
  for (const each of classes) {
    const without = fewest.filter((other) => other !== each);
    if (without.length > 0 && (await failureOf(scenario, seed, without)) !== undefined) fewest = without;
  }
  return fewest;
}

async function failureOf<Class extends string>(
  scenario: Scenario<Class>,
  seed: string,
  classes: readonly Class[],
): Promise<unknown> {
  try {
    await scenario(seed, classes);
    return undefined;
  } catch (error) {
    return error;
  }
}

function commandOf(file: string, seed: string, classes: readonly string[]): string {
  return `SIMULATION_SEEDS=${seed} SIMULATION_FAULTS=${classes.join(",")} npx vitest run ${file}`;
}

function listOf(text: string | undefined): string[] {
  return (text ?? "").split(",").filter((each) => each !== "");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
