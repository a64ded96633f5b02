import { parseArgs } from "node:util";
import { crashRounds } from "./crash-rounds.ts";

const USAGE = `npm run crash -- [--rounds N] [--isolation thread|process] [--brokers N] [--seed TEXT]

Starts Odradek (build first), and in each of N rounds (20) kills -9 the whole platform, or with --isolation process one of
platform, controller and brokers, under acks=all load by librdkafka (kcat) and kafkajs. Every acknowledged message must be there.`;

/** `npm run crash`: 0 when nothing was lost, repeated or out of order, 1 when something was, 2 when it was not understood. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "20" },
      isolation: { type: "string", default: "thread" },
      brokers: { type: "string", default: "3" },
      seed: { type: "string", default: String(Date.now()) },
      help: { type: "boolean", default: false },
    },
  });
  const { isolation, seed } = values;
  const rounds = Number(values.rounds);
  const brokers = Number(values.brokers);
  const isUnderstood = Number.isSafeInteger(rounds) && Number.isSafeInteger(brokers) && rounds > 0 && brokers > 0;
  if (values.help || !isUnderstood || (isolation !== "thread" && isolation !== "process")) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  console.log(`seed ${seed}`);
  const report = await crashRounds({ rounds, isolation, brokers, seed, tell: (line) => console.log(line) });
  const { acknowledged, lost, repeated, outOfOrder } = report;
  console.log(
    `${acknowledged} acknowledged, ${lost.length} lost, ${repeated.length} repeated, ${outOfOrder.length} out of order`,
  );
  for (const value of [...lost, ...repeated, ...outOfOrder].slice(0, 20)) console.log(`  ${value}`);
  return lost.length + repeated.length + outOfOrder.length > 0 ? 1 : 0;
}

process.exitCode = await main();
