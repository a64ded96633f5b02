import { setImmediate as nextTurn } from "node:timers/promises";
import type { ReadRecord } from "../client/read-records.ts";

/** A record as far as its value is decoded. */
export type PlainRecord = Pick<ReadRecord, "key" | "value" | "headers"> & { readonly topic: string };

/**
 * Many records in a few pieces, for a thread: an object and views for each would take the giver's loop many times as long. Their bytes lie in the
 * memory in which they came, `numbers` says where: of each record its topic's number, where its key and value are, how many headers it has, and of each
 * header its name's number and where its value is.
 */
export type PackedRecords = {
  readonly texts: readonly string[];
  readonly memory: readonly ArrayBufferLike[];
  readonly numbers: Int32Array;
};

/** Memory, position and length; -1 and nothing more is null. */
const NULL = -1;

/** Records that are noted before others have their turn: well under a millisecond. */
const RECORDS_AT_ONCE = 1_000;

/** Notes where records are, and gives way meanwhile. Nothing is copied before they are sent. */
export async function packRecords(records: readonly PlainRecord[]): Promise<PackedRecords> {
  const texts = new Numbered<string>();
  const memory = new Numbered<ArrayBufferLike>();
  const numbers: number[] = [];
  const add = (part: Uint8Array | null) => {
    if (part === null) numbers.push(NULL);
    else numbers.push(memory.numberOf(part.buffer), part.byteOffset, part.length);
  };
  for (const [index, { topic, key, value, headers }] of records.entries()) {
    if (index % RECORDS_AT_ONCE === RECORDS_AT_ONCE - 1) await nextTurn();
    numbers.push(texts.numberOf(topic));
    add(key);
    add(value);
    numbers.push(headers.length);
    for (const header of headers) {
      numbers.push(texts.numberOf(header.key));
      add(header.value);
    }
  }
  return { texts: texts.list(), memory: memory.list(), numbers: Int32Array.from(numbers) };
}

/** Gives each different one a number, in the order in which they first come. */
class Numbered<One> {
  private readonly numbers = new Map<One, number>();
  private last: { readonly one: One; readonly number: number } | undefined;

  numberOf(one: One): number {
    if (this.last?.one === one) return this.last.number;
    const number = this.numbers.get(one) ?? this.numbers.size;
    this.numbers.set(one, number);
    this.last = { one, number };
    return number;
  }

  list(): One[] {
    return [...this.numbers.keys()];
  }
}

/** The records again; their bytes are views. */
export function* unpackRecords({ texts, memory, numbers }: PackedRecords): Generator<PlainRecord, void, undefined> {
  let at = 0;
  const next = () => numbers[at++] ?? NULL;
  const text = () => texts[next()] ?? "";
  const bytes = (): Uint8Array | null => {
    const own = memory[next()];
    return own === undefined ? null : new Uint8Array(own, next(), next());
  };
  while (at < numbers.length) {
    const topic = text();
    const key = bytes();
    const value = bytes();
    const headers = Array.from({ length: next() }, () => ({ key: text(), value: bytes() }));
    yield { topic, key, value, headers };
  }
}
