import type { Problem } from "../../../lib/problem.ts";
import { type PartitionAttempt, readPartitions } from "../../client/read-partitions.ts";
import type { Cluster } from "../cluster.ts";
import { findPartitions } from "../find-partitions.ts";
import { partitionsThere } from "../find-places.ts";
import { findTopic } from "../find-topic.ts";
import { logBounds } from "../log-bounds.ts";
import { type Attempt, kafkaProblem, toProblem } from "../to-problem.ts";
import type { PlacedRecord } from "./merge-by-time.ts";

/** A follower that is this far behind is no longer live: it goes on this near the end. */
const BEHIND_RECORDS_MAX = 10_000;
const LEFT_RECORDS = 500;
const PARTITION_BYTES = 512 * 1024;
const ANSWER_BYTES = 4 * 1024 * 1024;
/** Partitions may be added to a topic while it is followed. */
const LOOK_EVERY_MS = 2_000;
/** Kafka's code for an offset outside the log (`OFFSET_OUT_OF_RANGE`). */
const OFFSET_OUT_OF_RANGE = 1;
/** Codes that come and go while leaders move. */
const MOVING: ReadonlySet<number> = new Set([5, 6, 9, 13, 74, 75, 76, 78]);

/** Which topic, and what of it. */
export type Followed = {
  readonly cluster: Cluster;
  readonly topic: string;
  /** Null for all partitions, those made later too. */
  readonly partitions: readonly number[] | null;
  /** Other topics are followed with it: what it has not of the partitions may be theirs. */
  readonly isMerged: boolean;
  readonly withControl: boolean;
  /** Of problems. */
  readonly title: string;
};

/** A place in each partition of one topic, moved on by each read. */
export class TopicFollower {
  /** Records passed over because they came faster than they are read. */
  skipped = 0;
  private lookAtMs = performance.now() + LOOK_EVERY_MS;

  constructor(
    private readonly followed: Followed,
    /** The next offset of each partition. */
    public positions: Map<number, number>,
  ) {}

  get followedTopic(): string {
    return this.followed.topic;
  }

  /**
   * What has come since, a list a partition; or the problem of a topic that is gone or forbidden, or of a cluster that does not answer.
   * Partitions that move are asked again at the next read.
   */
  async read(): Promise<{ readonly lists: PlacedRecord[][]; readonly problem: Problem | undefined }> {
    const { cluster, topic, title } = this.followed;
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
      return { lists: [], problem };
    }
  }

  private async readOnce(attempt: Attempt): Promise<{ lists: PlacedRecord[][]; problem: Problem | undefined }> {
    const { cluster, topic, withControl } = this.followed;
    if (performance.now() >= this.lookAtMs) {
      const gone = await this.findNewPartitions();
      if (gone) return { lists: [], problem: gone };
    }
    if (this.positions.size === 0) return { lists: [], problem: undefined };
    const attempts = await readPartitions(cluster.client, {
      topic,
      positions: this.positions,
      isolation: "uncommitted",
      partitionBytesMax: PARTITION_BYTES,
      answerBytesMax: ANSWER_BYTES,
      withControl,
    });
    this.rotate();
    // No leader anywhere: on the way, or the topic is gone.
    if (attempts.size === 0) return { lists: [], problem: await this.findNewPartitions() };
    const failures = await Promise.all(
      [...attempts].map(([partition, answer]) => this.take(partition, answer, attempt)),
    );
    const problems = failures.filter((failure) => failure !== undefined);
    const lists = [...attempts].map(([partition, { records }]) =>
      records.map((record) => ({ topic, partition, record })),
    );
    // One broker that is away does not silence the others.
    const problem = problems.length === attempts.size ? problems[0] : problems.find(({ retryable }) => !retryable);
    return { lists, problem };
  }

  /** Follows partitions that were added since, from their first record on; the problem of a topic that is gone. */
  private async findNewPartitions(): Promise<Problem | undefined> {
    const { cluster, topic, partitions, isMerged, title } = this.followed;
    this.lookAtMs = performance.now() + LOOK_EVERY_MS;
    const found = await findTopic(cluster, topic, title);
    if (!found.ok) return found.problem;
    const wanted = isMerged ? partitionsThere(found.value, partitions) : partitions;
    const chosen = findPartitions(found.value, wanted, title);
    if (!chosen.ok) return chosen.problem;
    for (const partition of chosen.value) if (!this.positions.has(partition)) this.positions.set(partition, 0);
    return undefined;
  }

  private async take(partition: number, answer: PartitionAttempt, attempt: Attempt): Promise<Problem | undefined> {
    const { errorCode, failure, nextOffset, highWatermark, fault } = answer;
    if (failure) return toProblem(failure, attempt);
    if (errorCode === OFFSET_OUT_OF_RANGE) {
      // Retention took what was next, or the topic was made anew: on from the nearest offset that there is.
      const bounds = await logBounds(this.followed.cluster, { topic: this.followed.topic, partition });
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
    this.skipped += behind - LEFT_RECORDS;
    this.positions.set(partition, highWatermark - LEFT_RECORDS);
    return undefined;
  }

  /** A broker fills its answer from the first partition on; each should be first in its turn. */
  private rotate(): void {
    const [first, ...rest] = this.positions;
    if (first) this.positions = new Map([...rest, first]);
  }
}
