/** Which machines cannot reach which. */
export class NetworkFaults {
  readonly #blocked = new Set<string>();
  readonly #delaysMs = new Map<string, number>();
  readonly #onHeal: () => void;

  /** `onHeal` is called when packets that waited may go on. */
  constructor(onHeal: () => void) {
    this.#onHeal = onHeal;
  }

  /** Packets from one machine to the other wait; the way back stays open. */
  block(from: string, to: string): void {
    this.#blocked.add(wayOf(from, to));
  }

  /** Both ways between each machine of one side and each of the other. */
  split(side: readonly string[], otherSide: readonly string[]): void {
    for (const one of side) {
      for (const other of otherSide) {
        this.block(one, other);
        this.block(other, one);
      }
    }
  }

  /** Both ways between two machines take so much longer. */
  slow(host: string, otherHost: string, delayMs: number): void {
    this.#delaysMs.set(wayOf(host, otherHost), delayMs);
    this.#delaysMs.set(wayOf(otherHost, host), delayMs);
  }

  /** Everything goes through again, at the usual speed. */
  heal(): void {
    this.#blocked.clear();
    this.#delaysMs.clear();
    this.#onHeal();
  }

  /** What a packet sent now takes beyond the usual. */
  delayMs(from: string, to: string): number {
    return this.#delaysMs.size === 0 ? 0 : (this.#delaysMs.get(wayOf(from, to)) ?? 0);
  }

  isBlocked(from: string, to: string): boolean {
    return this.#blocked.size > 0 && this.#blocked.has(wayOf(from, to));
  }
}

function wayOf(from: string, to: string): string {
  return `${from} > ${to}`;
}
