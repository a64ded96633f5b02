import { LATEST, listOffsets } from "../../../client/admin/list-offsets.ts";
import { describeTopic } from "../../../client/admin/topics.ts";
import { readGroupLog, type SeenCommit, type SeenGroup } from "../../../client/group-log.ts";
import { prepareReading } from "../../../client/read-records.ts";
import { readPartitions } from "../../../client/read-partitions.ts";
import type { Problem } from "../../../../lib/problem.ts";
import type { Cluster } from "../../cluster.ts";
import { Repeating } from "../../stream/repeating.ts";
import { kafkaProblem, toProblem } from "../../to-problem.ts";

const TOPIC = "__consumer_offsets";
/** Between two looks; the log is read as fast as it grows, a page is at most this much behind. */
const LOOK_EVERY_MS = 1_000;
/** After a refusal, or while there is no such topic. */
const LOOK_AGAIN_MS = 60_000;
const PARTITION_BYTES = 256 * 1024;
const ANSWER_BYTES = 4 * 1024 * 1024;

const TOPIC_AUTHORIZATION_FAILED = 29;
const OFFSET_OUT_OF_RANGE = 1;

/** Who listens to the log of commits. */
export type TailListeners = {
  readonly onCommit: (commit: SeenCommit) => void;
  readonly onGroup: (group: SeenGroup) => void;
  readonly onBug: (error: unknown) => void;
};

/** Follows __consumer_offsets from its end on, where the cluster lets the console read it: exact commits, expiry, generations. */
export class CommitTail {
  private readonly looks = new Repeating(() => this.look());
  private positions: Map<number, number> | undefined;
  private refusal: Problem | null = null;
  private current: Promise<number> | undefined;

  constructor(
    private readonly cluster: Cluster,
    private readonly listeners: TailListeners,
  ) {}

  start(): void {
    this.looks.start();
  }

  async stop(): Promise<void> {
    this.looks.stop();
    await this.current;
  }

  /** The log is being followed. */
  get isLive(): boolean {
    return this.positions !== undefined && this.refusal === null;
  }

  /** Why it is not; null while it is, or before it was tried. */
  get problem(): Problem | null {
    return this.refusal;
  }

  private look(): Promise<number> {
    this.current = this.lookNow().finally(() => (this.current = undefined));
    return this.current;
  }

  private async lookNow(): Promise<number> {
    const attempt = {
      title: "Commits are not followed",
      facts: [["topic", TOPIC]] as const,
      needs: { operation: "Read", resource: { topic: TOPIC } },
      identity: this.cluster.identity,
    };
    try {
      this.positions ??= await this.begin();
      if (this.positions === undefined) return LOOK_AGAIN_MS / 6;
      const errorCode = await this.readOn(this.positions);
      if (errorCode === TOPIC_AUTHORIZATION_FAILED) {
        this.refusal = kafkaProblem(errorCode, null, attempt);
        this.positions = undefined;
        return LOOK_AGAIN_MS;
      }
      this.refusal = null;
      return LOOK_EVERY_MS;
    } catch (error) {
      const expected = toProblem(error, attempt);
      if (expected === undefined) this.listeners.onBug(error);
      this.refusal = expected ?? null;
      this.positions = undefined;
      return LOOK_AGAIN_MS / 6;
    }
  }

  /** From the ends on; undefined while the topic does not exist. */
  private async begin(): Promise<Map<number, number> | undefined> {
    const { client } = this.cluster;
    await prepareReading();
    const topic = await describeTopic(client, TOPIC);
    if (topic === undefined || topic.errorCode !== 0) return undefined;
    const queries = topic.partitions.map(({ partitionIndex }) => ({
      topic: TOPIC,
      partition: partitionIndex,
      timestampMs: LATEST,
    }));
    const answers = await listOffsets(client, queries);
    const positions = new Map<number, number>();
    for (const { partition, offset, errorCode } of answers) if (errorCode === 0) positions.set(partition, offset);
    return positions;
  }

  /** The code of a refusal, else 0. */
  private async readOn(positions: Map<number, number>): Promise<number> {
    const options = {
      isolation: "committed",
      partitionBytesMax: PARTITION_BYTES,
      answerBytesMax: ANSWER_BYTES,
    } as const;
    const reads = await readPartitions(this.cluster.client, { topic: TOPIC, positions, ...options });
    for (const [partition, read] of reads) {
      if (read.errorCode === TOPIC_AUTHORIZATION_FAILED) return read.errorCode;
      // What was not read in time is gone: the rest is followed from its start.
      const isLost = read.errorCode === OFFSET_OUT_OF_RANGE && read.logStartOffset >= 0;
      positions.set(partition, isLost ? read.logStartOffset : read.nextOffset);
      for (const record of read.records) {
        const seen = readGroupLog(record);
        if (seen && "commit" in seen) this.listeners.onCommit(seen.commit);
        else if (seen) this.listeners.onGroup(seen.group);
      }
    }
    return 0;
  }
}
