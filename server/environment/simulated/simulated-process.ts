/** Unwinds the step in which a simulated process died; nobody but the simulation catches it. */
export class SimulatedDeath extends Error {
  override readonly name = "SimulatedDeath";
}

/** One run of a program on a simulated machine: what was begun by it ends silently when it dies. */
export class SimulatedProcess {
  readonly name: string;
  /** Of its machine. */
  readonly host: string;
  #isAlive = true;
  readonly #onDeath: (() => void)[] = [];

  constructor(name: string, host: string) {
    this.name = name;
    this.host = host;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Runs a step of it, unless it is dead. A step may die on the way. */
  step(work: () => void): void {
    if (!this.#isAlive) return;
    try {
      work();
    } catch (error) {
      if (!(error instanceof SimulatedDeath) || this.#isAlive) throw error;
    }
  }

  /** Refuses a call from code that outlived its process. Throws SimulatedDeath. */
  mustLive(): void {
    if (!this.#isAlive) throw new SimulatedDeath(`${this.name} is dead`);
  }

  /** What the system does when it dies: close its sockets and files. */
  onDeath(work: () => void): void {
    this.#onDeath.push(work);
  }

  die(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    for (const work of this.#onDeath) work();
  }
}
