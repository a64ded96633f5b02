import type { Environment, Log } from "../environment.ts";
import { RealClock } from "./clock.ts";
import { realDisk } from "./disk.ts";
import { realNetwork } from "./network.ts";
import { realRandom } from "./random.ts";

/** The world as it is. One for each thread; `createLog` of log.ts makes the log. */
export function realEnvironment({ log }: { readonly log: Log }): Environment {
  return { clock: new RealClock(), disk: realDisk, network: realNetwork, random: realRandom, log };
}
