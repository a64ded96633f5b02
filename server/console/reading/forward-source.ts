import type { Problem } from "../../../lib/problem.ts";
import type { ReadRecord, RecordsRead } from "../../client/read-records.ts";
import { ChunkReader, type PartitionRange, type PartitionSource } from "./partition-source.ts";

/** Reads a range from its start on, chunk by chunk, no further than asked. */
export class ForwardSource implements PartitionSource {
  readonly topic: string;
  readonly partition: number;
  /** The offset after the last record taken; the end of the range once all were. */
  edgeOffset: number;
  private readonly chunks: ChunkReader;
  private buffer: readonly ReadRecord[] = [];
  private index = 0;
  /** Where the next chunk begins. */
  private position: number;

  constructor(private readonly range: PartitionRange) {
    this.topic = range.topic;
    this.partition = range.partition;
    this.position = range.start;
    this.edgeOffset = range.start;
    this.chunks = new ChunkReader(range);
  }

  get problem(): Problem | null {
    return this.chunks.problem;
  }

  async head(): Promise<ReadRecord | undefined> {
    const { end } = this.range;
    while (this.index >= this.buffer.length) {
      if (this.position >= end) {
        this.edgeOffset = end;
        return undefined;
      }
      const chunk = await this.chunks.read(this.position);
      if (chunk === undefined) return undefined;
      this.buffer = chunk.records.filter(({ offset }) => offset < end);
      this.index = 0;
      this.position = chunk.nextOffset;
    }
    return this.buffer[this.index];
  }

  get firstPosition(): number {
    return this.range.start;
  }

  prime(read: RecordsRead): void {
    this.chunks.prime(this.range.start, read);
  }

  advance(): void {
    const taken = this.buffer[this.index];
    if (taken === undefined) return;
    this.index += 1;
    this.edgeOffset = taken.offset + 1;
  }
}
