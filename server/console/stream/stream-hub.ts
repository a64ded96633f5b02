import { randomUUID } from "node:crypto";
import { TabStream } from "./tab-stream.ts";

/** Streams that one console serves. Each tab has one; more is no person's browser. */
const STREAMS_MAX = 500;

/** The open streams of all tabs by their id. */
export class StreamHub {
  private readonly streams = new Map<string, TabStream>();
  private isClosed = false;

  /** A new stream; undefined when there are too many, or the console is ending. */
  open(): TabStream | undefined {
    if (this.isClosed || this.streams.size >= STREAMS_MAX) return undefined;
    const id = randomUUID();
    const stream = new TabStream(id, () => this.streams.delete(id));
    this.streams.set(id, stream);
    return stream;
  }

  find(id: string): TabStream | undefined {
    return this.streams.get(id);
  }

  get count(): number {
    return this.streams.size;
  }

  /** Ends all streams; no new one opens. */
  close(): void {
    this.isClosed = true;
    for (const stream of this.streams.values()) stream.close();
  }
}
