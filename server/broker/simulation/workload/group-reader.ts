import type { Environment } from "../../../environment/environment.ts";
import { commitGroupOffsets, listGroupOffsets } from "../../../client/admin/group-offsets.ts";
import { ClientError } from "../../../client/client-error.ts";
import type { ClusterClient } from "../../../client/cluster-client.ts";
import { pause } from "../../../client/pause.ts";
import { readPartition } from "../../../client/read-partition.ts";
import { NONE, OFFSET_OUT_OF_RANGE } from "../../../wire/errors.ts";
import { batchesIn } from "../../../wire/record-batch.ts";
import { recordsOf } from "../../../wire/record-cursor.ts";
import type { History } from "../history.ts";

const RETRY_MS = 100;
const MAX_WAIT_MS = 500;
/** A machine that lost its power does not say so; the reader finds out by itself. */
const READ_TIMEOUT_MS = 3_000;
const MAX_BYTES = 65_536;

/** What is read, and for which group offsets are committed. */
export type ReaderOptions = {
  readonly name: string;
  readonly topic: string;
  readonly partition: number;
  readonly groupId: string;
};

/** Reads a partition from its start to what is written at the moment, and on, and commits how far it came after each answer. */
export class GroupReader {
  private readonly environment: Environment;
  private readonly client: ClusterClient;
  private readonly history: History;
  private readonly options: ReaderOptions;
  /** Offset of the next record. */
  position = 0;

  constructor(environment: Environment, client: ClusterClient, history: History, options: ReaderOptions) {
    this.environment = environment;
    this.client = client;
    this.history = history;
    this.options = options;
  }

  /** Reads until it has come to the end of the partition by a read that began when `mayEnd` held. */
  async run(mayEnd: () => boolean): Promise<void> {
    for (;;) {
      const isLast = mayEnd();
      try {
        const before = this.position;
        const isAtEnd = await this.readOnce();
        if (this.position > before) await this.commit();
        if (isLast && isAtEnd) return;
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        await pause(this.environment.clock, RETRY_MS);
      }
    }
  }

  /** Reads what comes next; whether that was all there is. */
  private async readOnce(): Promise<boolean> {
    const { name, topic, partition } = this.options;
    const read = await readPartition(this.client, {
      topic,
      partition,
      fromOffset: this.position,
      isolation: "uncommitted",
      maxBytes: MAX_BYTES,
      maxWaitMs: MAX_WAIT_MS,
      deadlineMs: this.client.deadline(READ_TIMEOUT_MS),
    });
    if (read.errorCode === OFFSET_OUT_OF_RANGE) {
      // A power cut took records that were read already: on from the end that came back.
      this.position = read.highWatermark >= 0 ? read.highWatermark : 0;
      return false;
    }
    if (read.errorCode !== NONE) {
      await pause(this.environment.clock, RETRY_MS);
      return false;
    }
    const seen = this.history.readBy(name);
    for (const batch of batchesIn(read.records)) {
      for (const { offset, value } of recordsOf(batch)) {
        if (offset < this.position) continue;
        seen.push({ partition, offset, value: Buffer.from(value ?? []).toString() });
        this.position = offset + 1;
      }
    }
    return this.position >= read.highWatermark;
  }

  private async commit(): Promise<void> {
    const { topic, partition, groupId } = this.options;
    const offset = this.position;
    const { commits } = this.history;
    const committing = commits.length;
    const [committed] = await commitGroupOffsets(this.client, groupId, [{ topic, partition, offset }]);
    if (committed?.errorCode === NONE)
      commits.push({ kind: "committed", groupId, partition, offset, askedAfter: committing });
    const fetching = commits.length;
    const fetched = await listGroupOffsets(this.client, groupId);
    if (fetched.errorCode !== NONE) return;
    const found = fetched.offsets.find((each) => each.topic === topic && each.partition === partition);
    commits.push({ kind: "fetched", groupId, partition, offset: found?.offset ?? -1, askedAfter: fetching });
  }
}
