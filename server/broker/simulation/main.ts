import { parseArgs } from "node:util";
import { SimulatedDeath } from "../../environment/simulated/simulated-process.ts";
import { describeBroken, runSeed } from "./run-seed.ts";
import { scenarios } from "./scenarios/table.ts";

const USAGE = `npm run simulate -- [--seeds N] [--from S] [--scenario NAME] [--faults CLASS,CLASS] [--quiet]

Runs seeds S to S+N-1 (100 from 1 on) of every scenario, or of one. Scenarios:
${scenarios.map(({ name, promise, classes }) => `  ${name.padEnd(20)}${promise}\n  ${"".padEnd(20)}faults: ${classes.join(", ")}`).join("\n")}
`;

/** `npm run simulate`: 0 when all promises held, 1 when a seed broke one, 2 when it was not understood. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "100" },
      from: { type: "string", default: "1" },
      scenario: { type: "string" },
      faults: { type: "string", default: "" },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const seeds = Number(values.seeds);
  const from = Number(values.from);
  const chosen = scenarios.filter(({ name }) => values.scenario === undefined || name === values.scenario);
  const faults = values.faults.split(",").filter((name) => name !== "");
  const isUnknown = faults.some((name) => !chosen.some(({ classes }) => classes.includes(name)));
  const isUnderstood = Number.isSafeInteger(seeds) && Number.isSafeInteger(from) && chosen.length > 0 && !isUnknown;
  if (values.help || !isUnderstood) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  let broken = 0;
  for (const scenario of chosen) {
    for (let seed = from; seed < from + seeds; seed++) {
      const outcome = await runSeed(scenario, String(seed), faults);
      if ("summary" in outcome) {
        if (!values.quiet) console.log(`${scenario.name} seed ${seed}: ${outcome.summary}`);
        continue;
      }
      broken++;
      console.error(describeBroken(scenario, String(seed), outcome));
    }
    console.log(`${scenario.name}: ${seeds} seeds from ${from} on, ${broken} broken so far`);
  }
  return broken > 0 ? 1 : 0;
}

// A program that dies in the middle of a write leaves promises that nobody is left to handle. Any other is a bug of the run.
process.on("unhandledRejection", (error) => {
  if (error instanceof SimulatedDeath) return;
  throw error;
});
process.exitCode = await main();
