// Whether a broker and a controller that serve a producer, a reader and a group for a simulated day keep their memory.
// node --expose-gc --import tsx bench/simulated-day.ts [--hours 24] [--megabytes 8]; ends with 1 when the heap grew by more.
import { parseArgs } from "node:util";
import type { ClusterClient } from "../server/client/cluster-client.ts";
import { History } from "../server/broker/simulation/history.ts";
import { writeAndRead } from "../server/broker/simulation/workload/write-and-read.ts";
import { World } from "../server/broker/simulation/world.ts";

const PLAN = { topic: "day", partitions: 2, records: 1, pauseMsMax: 5_000 };
const HOUR_MS = 3_600_000;
/** Caches and windows are full by then. */
const WARM_HOURS = 2;
const EVENTS_MAX = 100_000_000;

const { values } = parseArgs({
  options: { hours: { type: "string", default: "24" }, megabytes: { type: "string", default: "8" } },
});

/** What is alive, in MB. */
function heapMegabytes(): number {
  if (global.gc === undefined) throw new Error("run it with node --expose-gc");
  global.gc();
  return process.memoryUsage().heapUsed / 1_000_000;
}

/** An hour of load, of which the clients leave nothing behind. */
async function hour(world: World, index: number): Promise<void> {
  const { environment, simulation } = world;
  const endMs = environment.clock.monotonicMs() + HOUR_MS;
  const history = new History();
  const clients: ClusterClient[] = [];
  const surroundings = {
    environment,
    history,
    random: world.random.fork(`hour-${index}`),
    get isCalm() {
      return environment.clock.monotonicMs() >= endMs;
    },
    client: (clientId: string) => {
      const client = world.client(clientId);
      clients.push(client);
      return client;
    },
  };
  await simulation.settle(writeAndRead(surroundings, PLAN), EVENTS_MAX);
  for (const client of clients) client.close();
  await simulation.run({ forMs: 1_000 });
  // What the simulation itself keeps: each change of a disk until it is synced, and all that was logged.
  world.makeDurable();
  simulation.log.events.length = 0;
  console.log(`hour ${index}: ${history.acknowledged.length} records, ${simulation.events} events`);
}

const world = new World("day", []);
await world.start(PLAN.topic, PLAN.partitions);
let warm = 0;
for (let index = 1; index <= Number(values.hours); index++) {
  await hour(world, index);
  const megabytes = heapMegabytes();
  console.log(`  heap ${megabytes.toFixed(1)} MB`);
  if (index === WARM_HOURS) warm = megabytes;
}
const grown = heapMegabytes() - warm;
console.log(`grown by ${grown.toFixed(1)} MB from hour ${WARM_HOURS} to hour ${values.hours}`);
if (grown > Number(values.megabytes)) process.exitCode = 1;
