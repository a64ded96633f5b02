import assert from "node:assert/strict";
import type { Random } from "../environment.ts";
import { uuidText } from "../uuid-text.ts";

/** The same seed gives the same draws on every machine (xoshiro128**, seeded by hashing the text). */
export class SeededRandom implements Random {
  readonly #seed: string;
  readonly #state: Uint32Array;

  constructor(seed: string | number) {
    this.#seed = String(seed);
    this.#state = stateOf(this.#seed);
  }

  /** Draws of its own, so that one more draw here does not shift those of `label`. */
  fork(label: string): SeededRandom {
    return new SeededRandom(`${this.#seed}/${label}`);
  }

  next(): number {
    return (this.#next32() * 2 ** 21 + (this.#next32() >>> 11)) / 2 ** 53;
  }

  int(min: number, max: number): number {
    assert(min <= max, "a range is not empty");
    return min + Math.floor(this.next() * (max - min + 1));
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.#next32() & 0xff);
  }

  uuid(): string {
    for (;;) {
      const text = uuidText(this.bytes(16));
      if (text !== undefined) return text;
    }
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.int(0, items.length - 1)];
    assert(item !== undefined, "there is something to pick from");
    return item;
  }

  #next32(): number {
    const state = this.#state;
    const [first, second, third, fourth] = [state[0] ?? 0, state[1] ?? 0, state[2] ?? 0, state[3] ?? 0];
    const result = Math.imul(rotate(Math.imul(second, 5), 7), 9) >>> 0;
    const newThird = third ^ first;
    const newFourth = fourth ^ second;
    state[1] = second ^ newThird;
    state[0] = first ^ newFourth;
    state[2] = newThird ^ (second << 9);
    state[3] = rotate(newFourth, 11);
    return result;
  }
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** Four words from a text: FNV-1a, spread by splitmix32. Never all zero, which would stay so. */
function stateOf(seed: string): Uint32Array {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(seed)) hash = Math.imul(hash ^ byte, 0x01000193);
  const state = new Uint32Array(4);
  for (let index = 0; index < 4; index++) {
    hash = (hash + 0x9e3779b9) | 0;
    let word = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    state[index] = word ^ (word >>> 15);
  }
  state[0] = (state[0] ?? 0) | 1;
  return state;
}
