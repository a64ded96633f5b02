import type { RecordSummary } from "../../lib/contracts/messages.ts";
import type { Problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import { type PartitionAttempt, readPartitions } from "../client/read-partitions.ts";
import { prepareReading } from "../client/read-records.ts";
import type { Cluster } from "./cluster.ts";
import { findPartitions } from "./find-partitions.ts";
import { findTopic } from "./find-topic.ts";
import { logBounds } from "./log-bounds.ts";
import { mergeByTime, type PlacedRecord } from "./reading/merge-by-time.ts";
import { summariseRecord } from "./record-summary.ts";
import { type Attempt, kafkaProblem, toProblem } from "./to-problem.ts";
import { defineUseCase } from "./use-case.ts";

/** The contract's bound of one event. */
const EVENT_RECORDS = 500;
/** A follower that is this far behind is no longer live: it goes on near the end. */
const BEHIND_RECORDS_MAX = 10_000;
const PARTITION_BYTES = 512 * 1024;
const ANSWER_BYTES = 4 * 1024 * 1024;
/** Kafka's code for an offset outside the log (`OFFSET_OUT_OF_RANGE`). */
const OFFSET_OUT_OF_RANGE = 1;
/** Codes that come and go while leaders move. */
const MOVING: ReadonlySet<number> = new Set([5, 6, 9, 13, 74, 75, 76, 78]);

type Input = {
  readonly cluster: string;
  readonly topic: string;
  readonly partition: number | null;
  /** Next offsets by partition; those not named start at their end. */
  readonly positions: Readonly<Record<string, string>>;
};

/** New records since the last poll. */
export type FollowedRecords = {
  readonly records: RecordSummary[];
  readonly positions: Record<string, string>;
  readonly skipped: number;
};

/** Follows a topic from where the caller stands. Read uncommitted, as Kafka's consumers do unless told otherwise. */
export const followMessages = defineUseCase<Input, MessageFollower>({
  failed: ({ topic }) => `${topic} cannot be followed`,
  async run({ cluster }, { topic, partition, positions }, title) {
    const [found] = await Promise.all([findTopic(cluster, topic, title), prepareReading()]);
    if (!found.ok) return found;
    const chosen = findPartitions(found.value, partition, title);
    if (!chosen.ok) return chosen;
    const ends = await listOffsets(
      cluster.client,
      chosen.value.map((number) => ({ topic, partition: number, timestampMs: LATEST })),
    );
    const from = new Map<number, number>();
    for (const { partition: number, offset, errorCode } of ends) {
      const given = positions[String(number)];
      if (given !== undefined) from.set(number, Number(given));
      else if (errorCode === 0) from.set(number, offset);
    }
    return succeed(new MessageFollower(cluster, topic, from, title));
  },
});

/** A place in each partition of a topic, moved on by `poll`. */
export class MessageFollower {
  /** Read, and not handed out yet: at most what one round of answers brings above `EVENT_RECORDS`. */
  private readonly pending: PlacedRecord[] = [];
  private readonly handedOut: Map<number, number>;
  private skipped = 0;

  constructor(
    private readonly cluster: Cluster,
    private readonly topic: string,
    private positions: Map<number, number>,
    private readonly title: string,
  ) {
    this.handedOut = new Map(positions);
  }

  /** What has come since; reads nothing more from the cluster while enough is left to hand out. */
  async poll(): Promise<Result<FollowedRecords>> {
    if (this.pending.length < EVENT_RECORDS) {
      const problem = await this.read();
      if (problem) return fail(problem);
    }
    const records = this.pending.splice(0, EVENT_RECORDS);
    for (const { partition, record } of records) this.handedOut.set(partition, record.offset + 1);
    if (this.pending.length === 0)
      for (const [partition, offset] of this.positions) this.handedOut.set(partition, offset);
    const { skipped } = this;
    this.skipped = 0;
    return succeed({
      records: records.map(({ partition, record }) => summariseRecord(this.topic, partition, record)),
      positions: Object.fromEntries([...this.handedOut].map(([partition, offset]) => [partition, String(offset)])),
      skipped,
    });
  }

  /** The problem of a topic that is gone or forbidden, or of a cluster that does not answer. Partitions that move are asked again. */
  private async read(): Promise<Problem | undefined> {
    const { cluster, topic, title } = this;
    const attempt: Attempt = {
      title,
      facts: [["topic", topic]],
      needs: { operation: "Read", resource: { topic } },
      identity: cluster.identity,
    };
    try {
      return await this.readOnce(attempt);
    } catch (error) {
      const problem = toProblem(error, attempt);
      if (problem === undefined) throw error;
      return problem;
    }
  }

  private async readOnce(attempt: Attempt): Promise<Problem | undefined> {
    const { cluster, topic, title } = this;
    const attempts = await readPartitions(cluster.client, {
      topic,
      positions: this.positions,
      isolation: "uncommitted",
      partitionBytesMax: PARTITION_BYTES,
      answerBytesMax: ANSWER_BYTES,
    });
    this.rotate();
    if (attempts.size === 0) {
      // No leader anywhere: on the way, or the topic is gone.
      const found = await findTopic(cluster, topic, title);
      return found.ok ? undefined : found.problem;
    }
    const failures = await Promise.all(
      [...attempts].map(([partition, answer]) => this.take(partition, answer, attempt)),
    );
    const problems = failures.filter((failure) => failure !== undefined);
    const lists = [...attempts].map(([partition, { records }]) => records.map((record) => ({ partition, record })));
    this.pending.push(...mergeByTime(lists));
    // One broker that is away does not silence the others.
    return problems.length === attempts.size ? problems[0] : problems.find(({ retryable }) => !retryable);
  }

  private async take(partition: number, answer: PartitionAttempt, attempt: Attempt): Promise<Problem | undefined> {
    const { errorCode, failure, nextOffset, highWatermark, fault } = answer;
    if (failure) return toProblem(failure, attempt);
    if (errorCode === OFFSET_OUT_OF_RANGE) {
      // Retention took what was next, or the topic was made anew: on from the nearest offset that there is.
      const bounds = await logBounds(this.cluster, { topic: this.topic, partition });
      const position = this.positions.get(partition) ?? 0;
      if (bounds) this.positions.set(partition, position < bounds.start ? bounds.start : bounds.end);
      return undefined;
    }
    if (MOVING.has(errorCode)) return undefined;
    if (errorCode !== 0) return kafkaProblem(errorCode, fault, attempt);
    const behind = highWatermark - nextOffset;
    if (behind <= BEHIND_RECORDS_MAX) {
      this.positions.set(partition, nextOffset);
      return undefined;
    }
    this.skipped += behind - EVENT_RECORDS;
    this.positions.set(partition, highWatermark - EVENT_RECORDS);
    return undefined;
  }

  /** A broker fills its answer from the first partition on; each should be first in its turn. */
  private rotate(): void {
    const [first, ...rest] = this.positions;
    if (first) this.positions = new Map([...rest, first]);
  }
}
