import type { RecordSummary } from "../../lib/contracts/messages.ts";
import type { Problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import { prepareReading } from "../client/read-records.ts";
import type { DecodingThread } from "./decoding/decoding-thread.ts";
import { findPlaces } from "./find-places.ts";
import { mergeByTime, type PlacedRecord } from "./reading/merge-by-time.ts";
import { TopicFollower } from "./reading/topic-follower.ts";
import type { DecoderChoices } from "./record-summary.ts";
import { defineUseCase } from "./use-case.ts";

/** The contract's bound of one event. */
const EVENT_RECORDS = 500;

type Input = DecoderChoices & {
  readonly cluster: string;
  readonly topic: string;
  /** More topics to merge in. */
  readonly topics?: readonly string[] | undefined;
  /** Null for all. */
  readonly partitions: readonly number[] | null;
  /** Control records too. */
  readonly control?: boolean | undefined;
  /** Next offsets by `partition`, or `topic/partition` of the other topics; those not named start at their end. */
  readonly positions: Readonly<Record<string, string>>;
};

/** New records since the last poll. */
export type FollowedRecords = {
  readonly records: RecordSummary[];
  readonly positions: Record<string, string>;
  readonly skipped: number;
  /** Of topics that cannot be read now, while the others can. */
  readonly problems: readonly Problem[];
};

/** Follows a topic, or several merged, from where the caller stands. Read uncommitted, as Kafka's consumers do unless told otherwise. */
export const followMessages = defineUseCase<Input, MessageFollower>({
  failed: ({ topic }) => `${topic} cannot be followed`,
  async run({ context, cluster }, input, title) {
    const { topic, topics = [], partitions, control = false, positions } = input;
    const [places] = await Promise.all([
      findPlaces(cluster, { topics: [topic, ...topics], partitions }, title),
      prepareReading(),
    ]);
    if (!places.ok) return places;
    const ends = await listOffsets(
      cluster.client,
      places.value.map((place) => ({ ...place, timestampMs: LATEST })),
    );
    const names = [...new Set([topic, ...topics])];
    const isMerged = names.length > 1;
    const followers = names.map((name) => {
      const from = new Map<number, number>();
      for (const { topic: own, partition, offset, errorCode } of ends) {
        if (own !== name) continue;
        const given = positions[positionKey(topic, { topic: own, partition })];
        if (given !== undefined) from.set(partition, Number(given));
        else if (errorCode === 0) from.set(partition, offset);
      }
      const followed = { cluster, topic: name, partitions, isMerged, withControl: control };
      return new TopicFollower({ ...followed, title: `${name} cannot be followed` }, from);
    });
    return succeed(new MessageFollower(topic, followers, { choices: input, decoding: context.decoding }));
  },
});

function positionKey(ownTopic: string, { topic, partition }: { topic: string; partition: number }): string {
  return topic === ownTopic ? String(partition) : `${topic}/${partition}`;
}

/** A place in each partition of some topics, moved on by `poll`. */
export class MessageFollower {
  /** Read, and not handed out yet: at most what one round of answers brings above `EVENT_RECORDS`. */
  private readonly pending: PlacedRecord[] = [];
  private readonly handedOut: Record<string, string> = {};
  /** Of topics that were followed, and cannot be any more. */
  private readonly ended: Problem[] = [];
  private passing: readonly Problem[] = [];

  constructor(
    private readonly topic: string,
    private followers: readonly TopicFollower[],
    private readonly reading: { readonly choices: DecoderChoices; readonly decoding: DecodingThread },
  ) {
    this.catchUp();
  }

  /** What has come since; reads nothing more from the cluster while enough is left to hand out. Fails when no topic can be read. */
  async poll(): Promise<Result<FollowedRecords>> {
    if (this.pending.length < EVENT_RECORDS) {
      const problem = await this.read();
      if (problem) return fail(problem);
    }
    const placed = this.pending.splice(0, EVENT_RECORDS);
    for (const one of placed) this.handedOut[positionKey(this.topic, one)] = String(one.record.offset + 1);
    if (this.pending.length === 0) this.catchUp();
    let skipped = 0;
    for (const follower of this.followers) {
      skipped += follower.skipped;
      follower.skipped = 0;
    }
    const { choices, decoding } = this.reading;
    return succeed({
      records: placed.length === 0 ? [] : await decoding.run("summaries", { placed, choices }),
      positions: { ...this.handedOut },
      skipped,
      problems: [...this.ended, ...this.passing],
    });
  }

  /** The problem when no topic could be read, and nothing is left of what was read before. */
  private async read(): Promise<Problem | undefined> {
    const { followers, ended } = this;
    const reads = await Promise.all(followers.map((follower) => follower.read()));
    this.pending.push(...mergeByTime(reads.flatMap(({ lists }) => lists)));
    const problems = reads.flatMap(({ problem }) => problem ?? []);
    this.passing = problems.filter(({ retryable }) => retryable);
    ended.push(...problems.filter(({ retryable }) => !retryable));
    const isOver = problems.length === followers.length && this.pending.length === 0;
    this.followers = followers.filter((_, index) => reads[index]?.problem?.retryable !== false);
    return isOver ? (this.passing[0] ?? ended.at(-1)) : undefined;
  }

  /** All that was read has been handed out. */
  private catchUp(): void {
    for (const { followedTopic, positions } of this.followers)
      for (const [partition, offset] of positions)
        this.handedOut[positionKey(this.topic, { topic: followedTopic, partition })] = String(offset);
  }
}
