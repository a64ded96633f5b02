import { LATEST, listOffsets } from "../../client/admin/list-offsets.ts";
import type { ClusterClient } from "../../client/cluster-client.ts";
import { ClientError } from "../../client/client-error.ts";
import { readRecords } from "../../client/read-records.ts";
import { until } from "../until.ts";

const MAX_BYTES = 4_194_304;

/** Values of a topic's partitions, read on from where the last reading ended. */
export class Written {
  /** How often each value stands in the topic. */
  readonly counts = new Map<string, number>();
  /** Values that stand behind a later one of the same writer. */
  readonly outOfOrder: string[] = [];
  readonly #positions: number[];
  readonly #latest = new Map<string, number>();

  constructor(
    private readonly client: ClusterClient,
    private readonly topic: string,
    partitions: number,
  ) {
    this.#positions = Array.from({ length: partitions }, () => 0);
  }

  /** Reads every partition to its end. */
  async readOn(): Promise<void> {
    await Promise.all(this.#positions.map((_, partition) => this.#readPartition(partition)));
  }

  /**
   * Reads to the end that ListOffsets tells, not to the high watermark of a fetch: a leader just elected knows of all that was acknowledged, but
   * not yet that it was, and refuses to name an end until it does (KIP-207).
   */
  async #readPartition(partition: number): Promise<void> {
    let end = -1;
    await until(async () => {
      try {
        if (end < 0) {
          const [found] = await listOffsets(this.client, [{ topic: this.topic, partition, timestampMs: LATEST }]);
          if (found?.errorCode !== 0) return false;
          end = found.offset;
        }
        const fromOffset = this.#positions[partition] ?? 0;
        const request = { topic: this.topic, partition, isolation: "uncommitted", maxWaitMs: 0 } as const;
        const read = await readRecords(this.client, { ...request, fromOffset, maxBytes: MAX_BYTES });
        if (read.errorCode !== 0) return false;
        for (const { value } of read.records) this.#note(partition, Buffer.from(value ?? []).toString());
        this.#positions[partition] = read.nextOffset;
        return read.nextOffset >= end;
      } catch (error) {
        if (error instanceof ClientError) return false;
        throw error;
      }
    });
  }

  /** Values are `<writer>:<number>`. */
  #note(partition: number, value: string): void {
    this.counts.set(value, (this.counts.get(value) ?? 0) + 1);
    const colon = value.lastIndexOf(":");
    const writer = `${partition}/${value.slice(0, colon)}`;
    const number = Number(value.slice(colon + 1));
    if (number <= (this.#latest.get(writer) ?? -1)) this.outOfOrder.push(value);
    this.#latest.set(writer, number);
  }
}
