import type { SeededRandom } from "./random.ts";
import { SimulatedFile } from "./simulated-file.ts";

export type SimulatedNode = SimulatedFile | SimulatedDirectory;

/** Names that change together: a rename within a directory is all or nothing. */
type Change = readonly { readonly name: string; readonly node: SimulatedNode | undefined }[];

/** A directory's names as processes see them, and as the disk has them. Changes reach the disk in order. */
export class SimulatedDirectory {
  #cached = new Map<string, SimulatedNode>();
  #durable = new Map<string, SimulatedNode>();
  #unsynced: Change[] = [];

  get(name: string): SimulatedNode | undefined {
    return this.#cached.get(name);
  }

  get entries(): ReadonlyMap<string, SimulatedNode> {
    return this.#cached;
  }

  change(...change: Change): void {
    apply(this.#cached, change);
    this.#unsynced.push(change);
  }

  /** Number of changes that a sync begun now will make durable. */
  beginSync(): readonly unknown[] {
    return [...this.#unsynced];
  }

  completeSync(changes: readonly unknown[]): void {
    const done = new Set(changes);
    for (const change of this.#unsynced) {
      if (done.has(change)) apply(this.#durable, change);
    }
    this.#unsynced = this.#unsynced.filter((change) => !done.has(change));
  }

  /** The machine died: a part of the changes that were not synced happened, the later ones did not. */
  loseUnsynced(random: SeededRandom): void {
    const kept = random.int(0, this.#unsynced.length);
    for (const change of this.#unsynced.slice(0, kept)) apply(this.#durable, change);
    this.#cached = new Map(this.#durable);
    this.#unsynced = [];
    for (const [, node] of sortedByName(this.#cached)) node.loseUnsynced(random);
  }

  makeDurable(): void {
    this.#durable = new Map(this.#cached);
    this.#unsynced = [];
    for (const node of this.#cached.values()) node.makeDurable();
  }

  /** Bytes of all files below. */
  totalBytes(): number {
    let total = 0;
    for (const node of this.#cached.values())
      total += node instanceof SimulatedFile ? node.sizeBytes : node.totalBytes();
    return total;
  }
}

function apply(names: Map<string, SimulatedNode>, change: Change): void {
  for (const { name, node } of change) {
    if (node === undefined) names.delete(name);
    else names.set(name, node);
  }
}

/** A replay must draw in the same order. */
function sortedByName(names: Map<string, SimulatedNode>): [string, SimulatedNode][] {
  return [...names].sort(([one], [other]) => (one < other ? -1 : 1));
}
