import { setTimeout as pause } from "node:timers/promises";
import { createTopics } from "../../client/admin/topics.ts";
import { prepareReading } from "../../client/read-records.ts";
import { SeededRandom } from "../../environment/simulated/random.ts";
import { clientFor } from "../client-suite.ts";
import { type Odradek, startOdradek } from "../odradek.ts";
import { until } from "../until.ts";
import { startKafkajs } from "./kafkajs-load.ts";
import { startKcat } from "./kcat-load.ts";
import { killAndWait, pickVictim } from "./victims.ts";
import { Written } from "./written.ts";

const TOPIC = "crashes";
const PARTITIONS = 6;
const KAFKAJS_PRODUCERS = 3;
/** Acknowledgements that must have come before a kill, and again after it. */
const ACKNOWLEDGED_MIN = 20;
/** The longest pause between the first acknowledgements and the kill. */
const PAUSE_MS_MAX = 1_500;

/** How many rounds, of what. */
export type CrashPlan = {
  readonly rounds: number;
  readonly isolation: "thread" | "process";
  readonly brokers: number;
  /** Draws victims and moments; the timing of a real machine is never the same twice. */
  readonly seed: string;
  /** Told a line a round. */
  readonly tell: (line: string) => void;
};

/** What all rounds together came to. */
export type CrashReport = {
  readonly acknowledged: number;
  /** Acknowledged values that are not there. */
  readonly lost: readonly string[];
  /** Values that are there more than once, or behind a later one of their writer. */
  readonly repeated: readonly string[];
  readonly outOfOrder: readonly string[];
};

/** Kills -9 once a round under acks=all load by librdkafka and kafkajs, and looks after each and at the end whether all that was acknowledged is there, once and in order. */
export async function crashRounds(plan: CrashPlan): Promise<CrashReport> {
  await prepareReading();
  const odradek = await startOdradek({
    extraFlags: [`--brokers=${plan.brokers}`, `--isolation=${plan.isolation}`, "--log-level=error"],
  });
  try {
    return await runRounds(odradek, plan);
  } finally {
    await odradek.dispose();
  }
}

async function runRounds(odradek: Odradek, { rounds, seed, tell }: CrashPlan): Promise<CrashReport> {
  const random = new SeededRandom(seed);
  const client = clientFor(odradek.bootstrap);
  try {
    await createTopics(client, [{ name: TOPIC, partitions: PARTITIONS, replicationFactor: -1 }]);
    const written = new Written(client, TOPIC, PARTITIONS);
    const acknowledged: string[] = [];
    for (let round = 1; round <= rounds; round++) {
      const { what, values } = await oneRound(odradek, random, round);
      acknowledged.push(...values);
      await written.readOn();
      const missing = values.filter((value) => !written.counts.has(value));
      tell(`round ${round}: ${what} killed, ${values.length} acknowledged, ${missing.length} of them lost`);
      if (missing.length > 0) break;
    }
    const all = new Written(client, TOPIC, PARTITIONS);
    await all.readOn();
    return {
      acknowledged: acknowledged.length,
      lost: acknowledged.filter((value) => !all.counts.has(value)),
      repeated: [...all.counts].filter(([, count]) => count > 1).map(([value]) => value),
      outOfOrder: all.outOfOrder,
    };
  } finally {
    client.close();
  }
}

async function oneRound(
  odradek: Odradek,
  random: SeededRandom,
  round: number,
): Promise<{ readonly what: string; readonly values: readonly string[] }> {
  const { bootstrap } = odradek;
  const kafkajs = await startKafkajs(bootstrap, TOPIC, `js${round}`, KAFKAJS_PRODUCERS);
  const kcat = startKcat(bootstrap, TOPIC, `rd${round}`);
  await until(() => kafkajs.acknowledgedSoFar >= ACKNOWLEDGED_MIN);
  await pause(random.int(0, PAUSE_MS_MAX));
  const victim = await pickVictim(odradek, random);
  await killAndWait(odradek, victim);
  const afterKill = kafkajs.acknowledgedSoFar;
  await until(() => kafkajs.acknowledgedSoFar >= afterKill + ACKNOWLEDGED_MIN);
  const [byKafkajs, byKcat] = await Promise.all([kafkajs.end(), kcat.end()]);
  return { what: victim.what, values: [...byKafkajs, ...byKcat] };
}
