import { listOffsets, MAX_TIMESTAMP } from "../client/admin/list-offsets.ts";
import { ClientError } from "../client/client-error.ts";
import type { ClusterClient } from "../client/cluster-client.ts";
import type { PartitionOffsets } from "./topic-columns/offsets-column.ts";

/** Partitions that are asked for at once: a broker looks through a segment for each. */
const ASKED_AT_ONCE = 500;

type Offsets = ReadonlyMap<string, ReadonlyMap<number, PartitionOffsets>>;
type Known = { readonly end: number; readonly timestampMs: number };

/**
 * When the last message of each topic was written, by the largest timestamp of its partitions (KIP-734). Brokers are asked in the background, and
 * only for partitions that have grown since; until then the last known time stands.
 */
export class LastRecords {
  private known = new Map<string, Known>();
  private isAsking = false;

  constructor(private readonly clientOf: () => ClusterClient) {}

  /** Milliseconds since 1970 by topic; a topic without messages, or not asked for yet, is not there. */
  times(offsets: Offsets): ReadonlyMap<string, number> {
    void this.refresh(offsets);
    const times = new Map<string, number>();
    for (const [topic, partitions] of offsets)
      for (const partition of partitions.keys()) {
        const timestampMs = this.known.get(`${topic}/${partition}`)?.timestampMs ?? -1;
        if (timestampMs >= 0) times.set(topic, Math.max(times.get(topic) ?? -1, timestampMs));
      }
    return times;
  }

  /** Settles when everything that has grown was asked for; never rejects. */
  async refresh(offsets: Offsets): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      const grown = this.grownSince(offsets);
      for (let from = 0; from < grown.length; from += ASKED_AT_ONCE)
        await this.ask(grown.slice(from, from + ASKED_AT_ONCE));
    } finally {
      this.isAsking = false;
    }
  }

  private grownSince(offsets: Offsets): { topic: string; partition: number; end: number }[] {
    const kept = new Map<string, Known>();
    const grown: { topic: string; partition: number; end: number }[] = [];
    for (const [topic, partitions] of offsets)
      for (const [partition, { start, end }] of partitions) {
        const key = `${topic}/${partition}`;
        const known = this.known.get(key);
        if (known && end >= known.end) kept.set(key, known);
        if (end > start && known?.end !== end) grown.push({ topic, partition, end });
      }
    this.known = kept;
    return grown;
  }

  private async ask(partitions: readonly { topic: string; partition: number; end: number }[]): Promise<void> {
    try {
      const queries = partitions.map(({ topic, partition }) => ({ topic, partition, timestampMs: MAX_TIMESTAMP }));
      const answers = await listOffsets(this.clientOf(), queries);
      for (const [index, { errorCode, recordTimestampMs }] of answers.entries()) {
        const asked = partitions[index];
        if (asked && errorCode === 0)
          this.known.set(`${asked.topic}/${asked.partition}`, { end: asked.end, timestampMs: recordTimestampMs });
      }
    } catch (error) {
      // A cluster that is away, or older than Kafka 3.0, leaves the times unknown.
      if (!(error instanceof ClientError)) throw error;
    }
  }
}
