import type { Problem } from "../../../lib/problem.ts";
import type { ReadRecord, RecordsRead } from "../../client/read-records.ts";
import { ChunkReader, type PartitionRange, type PartitionSource } from "./partition-source.ts";

/** Records of the first window: enough to learn how large they are, few enough when each has a megabyte. */
const FIRST_WINDOW = 16;
/** Bytes of keys and values that a window should hold. */
const WINDOW_BYTES = 4 * 1024 * 1024;

/**
 * Reads a range from its end back. Kafka reads only forwards, so the range is taken in windows of offsets from the end, each read whole and
 * handed out backwards:
 *
 *     start ─────────── window 3 ─────┬── window 2 ──┬ 1 ┐ end
 *
 * Windows grow to what is still wanted, as the size of the records allows; a window that compaction has emptied only moves on.
 */
export class BackwardSource implements PartitionSource {
  readonly topic: string;
  readonly partition: number;
  /** The offset of the last record taken; the start of the range once all were. */
  edgeOffset: number;
  private readonly chunks: ChunkReader;
  /** Ascending; handed out from the end. */
  private readonly buffer: ReadRecord[] = [];
  private windowEnd: number;
  private windowRecords: number;

  constructor(
    private readonly range: PartitionRange,
    private readonly wanted: number,
  ) {
    this.topic = range.topic;
    this.partition = range.partition;
    this.edgeOffset = range.end;
    this.windowEnd = range.end;
    this.windowRecords = Math.min(wanted, FIRST_WINDOW);
    this.chunks = new ChunkReader(range);
  }

  get problem(): Problem | null {
    return this.chunks.problem;
  }

  async head(): Promise<ReadRecord | undefined> {
    while (this.buffer.length === 0) {
      if (this.windowEnd <= this.range.start) {
        this.edgeOffset = this.range.start;
        return undefined;
      }
      if (!(await this.readWindow())) return undefined;
    }
    return this.buffer.at(-1);
  }

  advance(): void {
    const taken = this.buffer.pop();
    if (taken) this.edgeOffset = taken.offset;
  }

  get firstPosition(): number {
    return Math.max(this.range.start, this.windowEnd - this.windowRecords);
  }

  prime(read: RecordsRead): void {
    this.chunks.prime(this.firstPosition, read);
  }

  /** False when it could not be read whole: its newest records would be missing, so none of it is shown. */
  private async readWindow(): Promise<boolean> {
    const { windowEnd, firstPosition: from } = this;
    const found: ReadRecord[] = [];
    for (let position = from; position < windowEnd;) {
      const chunk = await this.chunks.read(position);
      if (chunk === undefined && this.problem) return false;
      if (chunk === undefined) break;
      for (const record of chunk.records) if (record.offset < windowEnd) found.push(record);
      position = chunk.nextOffset;
    }
    this.buffer.push(...found);
    this.windowEnd = from;
    this.windowRecords = this.nextWindow(found);
    return true;
  }

  private nextWindow(found: readonly ReadRecord[]): number {
    // Offsets without records (compaction, markers) cost nothing to pass, so windows over them grow.
    if (found.length === 0) return this.windowRecords * 4;
    const bytes = found.reduce((sum, { key, value }) => sum + (key?.length ?? 0) + (value?.length ?? 0), 0);
    const fitting = Math.floor(WINDOW_BYTES / Math.max(1, bytes / found.length));
    const sparseness = this.windowRecords / found.length;
    return Math.max(1, Math.ceil(Math.min(fitting, this.wanted) * sparseness));
  }
}
