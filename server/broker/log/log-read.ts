import { CORRUPT_MESSAGE } from "../../wire/errors.ts";
import { BATCH_OVERHEAD_BYTES, BatchView } from "../../wire/record-batch.ts";
import { RecordCursor } from "../../wire/record-cursor.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import type { Offset } from "./log-config.ts";
import type { Segment } from "./segment.ts";

/** How much a read may answer. */
export type ReadLimits = {
  readonly maxBytes: number;
  /** Exclusive: no batch that reaches it. */
  readonly maxOffset: Offset;
  /** Answers the first batch even when it alone is over `maxBytes` (KIP-74). */
  readonly atLeastOneBatch: boolean;
  /** Memory of at least so many bytes for a large read; absent: made anew. */
  readonly lend?: ((sizeBytes: number) => Uint8Array) | undefined;
};

/** Whole batches in offset order; the caller owns the bytes, or they are in the memory lent for them. `nextOffset` follows the last batch (the asked offset when there is none). */
export type LogRead = { readonly bytes: Uint8Array; readonly nextOffset: Offset };

/** A record found by time. `leaderEpoch` is its batch's. */
export type TimestampOffset = { readonly offset: Offset; readonly timestampMs: number; readonly leaderEpoch: number };

const NO_BYTES = new Uint8Array(0);
/** Smaller reads cost little in memory of their own, and no socket may still hold as much as this once its `write` answered true. */
const LENT_BYTES_MIN = 128 * 1024;

/** Places where the last readers stopped, so that a sequential reader needs no index. */
const PLACES_MAX = 4;

/** Where the batch that begins with `offset`, or the next one behind it, lies. */
type Place = { readonly segment: Segment; readonly offset: Offset; readonly position: number };

/** Reads from a log's segments. Remembers where its readers stopped; `forget` after anything was cut or removed. */
export class LogReader {
  readonly #segments: readonly Segment[];
  #places: Place[] = [];

  /** `segments` is the log's own list, in order. */
  constructor(segments: readonly Segment[]) {
    this.#segments = segments;
  }

  /** Whole batches from the one that holds `fromOffset` on, from one segment, in one read of the file where a reader goes on. CORRUPT_MESSAGE at damage. */
  read(fromOffset: Offset, limits: ReadLimits): LogRead | Refusal {
    const read = this.#readSegment(fromOffset, limits);
    if (isRefusal(read) || read.bytes.length === 0 || hasRecords(read.bytes)) return read;
    // Bare headers, which compaction leaves at a segment's end: a client that counts by records would ask for them for ever.
    const next = this.read(read.nextOffset, { ...limits, atLeastOneBatch: true });
    if (isRefusal(next) || next.bytes.length === 0) return read;
    return { bytes: Buffer.concat([read.bytes, next.bytes]), nextOffset: next.nextOffset };
  }

  #readSegment(fromOffset: Offset, limits: ReadLimits): LogRead | Refusal {
    const nothing = { bytes: NO_BYTES, nextOffset: fromOffset };
    if (fromOffset >= limits.maxOffset) return nothing;
    const place = this.#placeOf(fromOffset);
    if (place === undefined) return nothing;
    const { segment, position } = place;
    const available = segment.sizeBytes - position;
    let wanted = Math.min(available, Math.max(limits.maxBytes, 0));
    if (limits.atLeastOneBatch && wanted < available)
      wanted = Math.max(wanted, Math.min(available, segment.batchBytesAt(position)));
    if (wanted < BATCH_OVERHEAD_BYTES) return nothing;
    const lend = wanted < LENT_BYTES_MIN ? undefined : limits.lend;
    // Not from Node's shared pool: a small slice would keep all of its 8 KiB.
    const bytes = lend === undefined ? Buffer.allocUnsafeSlow(wanted) : lend(wanted).subarray(0, wanted);
    const filled = segment.read(position, bytes);
    const read = this.#cut(place, bytes.subarray(0, filled), limits.maxOffset, fromOffset);
    // What is left of it may be too small to be lent.
    if (lend === undefined || isRefusal(read) || read.bytes.length >= LENT_BYTES_MIN) return read;
    return { ...read, bytes: Uint8Array.from(read.bytes) };
  }

  /** Bytes from `fromOffset` to `toOffset`, as exact as the indexes are and never 0 for a range that is not empty. */
  bytesBetween(fromOffset: Offset, toOffset: Offset, logEndOffset: Offset): number {
    if (fromOffset >= toOffset) return 0;
    const first = this.#indexOf(fromOffset);
    const known = this.#places.find((place) => place.offset === fromOffset);
    let bytes = 0;
    for (const [index, segment] of this.#segments.entries()) {
      if (index < first || segment.baseOffset >= toOffset) continue;
      const isLast = (this.#segments[index + 1]?.baseOffset ?? logEndOffset) >= toOffset;
      const end = isLast && toOffset < logEndOffset ? segment.approximatePosition(toOffset) : segment.sizeBytes;
      bytes += end;
      if (index === first)
        bytes -= known?.segment === segment ? known.position : segment.approximatePosition(fromOffset);
    }
    return Math.max(1, bytes);
  }

  /** First record in [fromOffset, maxOffset) at or after `timestampMs`. Throws WireError at damaged records. */
  offsetForTimestamp(timestampMs: number, fromOffset: Offset, maxOffset: Offset): TimestampOffset | undefined {
    for (const segment of this.#segments.slice(this.#indexOf(fromOffset))) {
      if (segment.maxTimestampMs < timestampMs) continue;
      let found: TimestampOffset | undefined;
      segment.scan(segment.positionForTimestamp(timestampMs), (batch) => {
        if (batch.baseOffset >= maxOffset) return "stop";
        if (batch.maxTimestampMs < timestampMs || batch.lastOffset < fromOffset) return undefined;
        found = firstRecord(batch, (cursor) => cursor.timestampMs >= timestampMs && cursor.offset >= fromOffset);
        return found === undefined ? undefined : "stop";
      });
      if (found !== undefined) return found.offset < maxOffset ? found : undefined;
    }
    return undefined;
  }

  /** The first record with the largest timestamp of all (ListOffsets -3, KIP-734). Throws WireError at damaged records. */
  offsetOfMaxTimestamp(): TimestampOffset | undefined {
    let newest: Segment | undefined;
    for (const segment of this.#segments) if (segment.maxTimestampMs > (newest?.maxTimestampMs ?? -1)) newest = segment;
    const max = newest?.maxTimestamp;
    if (newest === undefined || max === undefined) return undefined;
    let found: TimestampOffset | undefined;
    newest.scan(newest.positionOf(max.offset), (batch) => {
      found = firstRecord(batch, (cursor) => cursor.timestampMs === max.timestampMs);
      return "stop";
    });
    return found;
  }

  /** Index of the segment whose range holds `offset`. */
  #indexOf(offset: Offset): number {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#segments[middle]?.baseOffset ?? Infinity) <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** Forgets where readers stopped. */
  forget(): void {
    this.#places = [];
  }

  /** Where reading at `offset` begins; undefined when no batch is at or behind it. */
  #placeOf(offset: Offset): Place | undefined {
    const known = this.#places.find((place) => place.offset === offset);
    if (known !== undefined && known.position < known.segment.sizeBytes) return known;
    for (let index = this.#indexOf(offset); index < this.#segments.length; index++) {
      const segment = this.#segments[index];
      if (segment === undefined) return undefined;
      const position = segment.positionOf(offset);
      // Behind the last batch of a segment the next one goes on (compaction leaves gaps).
      if (position < segment.sizeBytes) return { segment, offset, position };
    }
    return undefined;
  }

  /** Keeps the whole batches below `maxOffset` and remembers where the reader will go on. */
  #cut(place: Place, bytes: Uint8Array, maxOffset: Offset, fromOffset: Offset): LogRead | Refusal {
    const batch = new BatchView();
    let end = 0;
    let nextOffset = fromOffset;
    while (end < bytes.length) {
      const fault = batch.point(bytes, end).fault();
      if (fault === "incomplete") break;
      if (fault !== null) {
        if (end > 0) break;
        return {
          errorCode: CORRUPT_MESSAGE,
          message: `${place.segment.path(".log")} is damaged at byte ${place.position}: ${fault}`,
        };
      }
      if (batch.lastOffset >= maxOffset) break;
      nextOffset = batch.nextOffset;
      end += batch.sizeBytes;
    }
    if (end > 0)
      this.#remember({ segment: place.segment, offset: nextOffset, position: place.position + end }, fromOffset);
    return { bytes: end === bytes.length ? bytes : bytes.subarray(0, end), nextOffset };
  }

  #remember(place: Place, readFrom: Offset): void {
    const kept = this.#places.filter((known) => known.offset !== readFrom && known.offset !== place.offset);
    this.#places = [place, ...kept.slice(0, PLACES_MAX - 1)];
  }
}

function hasRecords(bytes: Uint8Array): boolean {
  const batch = new BatchView();
  for (let at = 0; at < bytes.length; at += batch.sizeBytes) if (batch.point(bytes, at).count > 0) return true;
  return false;
}

function firstRecord(batch: BatchView, matches: (cursor: RecordCursor) => boolean): TimestampOffset | undefined {
  const cursor = new RecordCursor().open(batch);
  while (cursor.next()) {
    if (matches(cursor))
      return { offset: cursor.offset, timestampMs: cursor.timestampMs, leaderEpoch: batch.partitionLeaderEpoch };
  }
  return undefined;
}
