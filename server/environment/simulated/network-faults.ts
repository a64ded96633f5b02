/** Which machines cannot reach which. */
export class NetworkFaults {
  readonly #blocked = new Set<string>();
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

  /** Everything goes through again. */
  heal(): void {
    this.#blocked.clear();
    this.#onHeal();
  }

  isBlocked(from: string, to: string): boolean {
    return this.#blocked.size > 0 && this.#blocked.has(wayOf(from, to));
  }
}

function wayOf(from: string, to: string): string {
  return `${from} > ${to}`;
}
