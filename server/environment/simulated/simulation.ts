import type { Environment } from "../environment.ts";
import { SimulatedClock, SimulatedTime, WallClock } from "./clock.ts";
import { type Cut, SimulatedDisk } from "./disk.ts";
import { RecordingLog } from "./log.ts";
import { SimulatedNetwork } from "./network.ts";
import { SeededRandom } from "./random.ts";
import { SimulatedProcess } from "./simulated-process.ts";

/** More events than any scenario needs: a run that takes more is going round in circles. */
const EVENTS_MAX = 1_000_000;

/** Bounds of `Simulation.run`; it stops at the first that is reached. */
export type RunLimits = {
  /** Asked after every event. */
  readonly until?: () => boolean;
  /** Simulated milliseconds from now. */
  readonly forMs?: number;
  readonly maxEvents?: number;
};

/** Why `Simulation.run` stopped; "idle": nothing is left that could happen. */
export type RunEnd = "until" | "time" | "events" | "idle";

/** A program running on a simulated machine, and the environment that it was given. */
export type RunningProgram = { readonly environment: Environment; readonly process: SimulatedProcess };

/**
 * A world of machines in one thread. Time moves only while `run` or `settle` is awaited; the same seed and the same
 * calls give the same events in the same order. Promises settle between events, as they do in Node.
 */
export class Simulation {
  readonly seed: string;
  /** For the test's own choices; the parts of the world have draws of their own. */
  readonly random: SeededRandom;
  readonly time = new SimulatedTime();
  readonly network: SimulatedNetwork;
  /** What all programs logged, in order; each line has its `process`. */
  readonly log: RecordingLog;
  /** Asked after every event: what must hold at all times. Throws when it does not. */
  invariant: () => void = () => undefined;
  #events = 0;

  constructor(seed: string | number) {
    this.seed = String(seed);
    const root = new SeededRandom(seed);
    this.random = root.fork("test");
    this.network = new SimulatedNetwork(this.time, root.fork("network"));
    this.log = new RecordingLog(() => this.time.nowMs);
  }

  /** Adds a machine, on and empty. Programs reach it by its host, and each other within it by 127.0.0.1. */
  machine(host: string): SimulatedMachine {
    return new SimulatedMachine(this, host);
  }

  /** Events that have happened; the same in every run of a seed. */
  get events(): number {
    return this.#events;
  }

  /** Lets events happen. Throws what they throw. */
  async run(limits: RunLimits = {}): Promise<RunEnd> {
    const endMs = limits.forMs === undefined ? Infinity : this.time.nowMs + limits.forMs;
    const maxEvents = limits.maxEvents ?? EVENTS_MAX;
    await promisesSettle();
    for (let count = 0; ; count++) {
      if (limits.until?.() === true) return "until";
      if (count >= maxEvents) return "events";
      if (!this.time.step(endMs)) {
        if (endMs === Infinity) return "idle";
        this.time.advanceTo(endMs);
        return "time";
      }
      this.#events++;
      await promisesSettle();
      this.invariant();
    }
  }

  /** Runs until the promise settles, and answers or throws as it does. Throws when it never can. */
  async settle<T>(promise: Promise<T>, maxEvents = EVENTS_MAX): Promise<T> {
    let isSettled = false;
    const noted = promise.finally(() => {
      isSettled = true;
    });
    // Its failure is thrown below, and must not count as unhandled until then.
    noted.catch(() => {});
    const end = await this.run({ until: () => isSettled, maxEvents });
    if (end !== "until")
      throw new Error(`the promise does not settle: ${end} after ${this.#events} events, seed ${this.seed}`);
    return noted;
  }
}

/** A machine of a simulation: a disk, a wall clock, and the programs that run on it. */
export class SimulatedMachine {
  readonly host: string;
  readonly disk: SimulatedDisk;
  readonly wall = new WallClock();
  readonly #simulation: Simulation;
  #isOn = true;
  #starts = 0;
  #processes: SimulatedProcess[] = [];

  constructor(simulation: Simulation, host: string) {
    this.#simulation = simulation;
    this.host = host;
    this.disk = new SimulatedDisk(simulation.time, new SeededRandom(`${simulation.seed}/disk/${host}`));
    simulation.network.powerOn(host);
  }

  /** Starts a program, which turns the machine on. Hand `environment` to what it runs. */
  start(name: string): RunningProgram {
    if (!this.#isOn) {
      this.#isOn = true;
      this.#simulation.network.powerOn(this.host);
    }
    const { time, network, log, seed } = this.#simulation;
    const process = new SimulatedProcess(name, this.host);
    this.#processes = [...this.#processes.filter((each) => each.isAlive), process];
    const environment = {
      clock: new SimulatedClock(time, process, this.wall),
      disk: this.disk.openFor(process),
      network: network.openFor(process),
      random: new SeededRandom(`${seed}/${this.host}/${name}/${this.#starts++}`),
      log: log.with({ process: name }),
    };
    return { environment, process };
  }

  /** Ends a program as kill -9 does: its files keep all that was written, its connections close, its timers are gone. */
  kill(process: SimulatedProcess): void {
    process.die();
  }

  /** The program ends as by kill -9 in the middle of the next write but `after`, of which `cut` bytes happen, or a random part. */
  killDuringWrite(process: SimulatedProcess, after = 0, cut?: Cut): void {
    this.disk.dieDuringWrite(process, after, cut);
  }

  /** The program ends as by kill -9 in place of the next change of its disk but `after`. */
  killBeforeChange(process: SimulatedProcess, after = 0): void {
    this.disk.dieBeforeChange(process, after);
  }

  /** The machine loses its power: all programs end, peers are not told, and the disk keeps what was synced and a part of the rest. */
  cutPower(): void {
    this.#isOn = false;
    this.#simulation.network.powerOff(this.host);
    for (const process of this.#processes) process.die();
    this.#processes = [];
    this.disk.loseUnsynced();
  }
}

/** All promise callbacks that can run have run: the event loop of Node gets to its immediates only then. */
function promisesSettle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
