import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import { Fetch } from "../../wire/apis/fetch.ts";
import { NONE, TOPIC_AUTHORIZATION_FAILED, UNKNOWN_TOPIC_ID, UNKNOWN_TOPIC_OR_PARTITION } from "../../wire/errors.ts";
import type { Timer } from "../../environment/environment.ts";
import { partitionOf } from "../controller/image.ts";
import { hotHandler } from "../network/handler.ts";
import type { FetchPlan, FetchPosition } from "../network/fetch-session.ts";
import { isRefusal } from "../refusal.ts";
import type { Cancel } from "../replica/purgatory.ts";
import { mustDelete } from "../replica/delete-records.ts";
import type { Isolation, PartitionRead } from "../replica/replica-manager.ts";
import { partitionKey, type TopicPartition } from "../topic-partition.ts";
import { LeaderHints } from "./leader-hint.ts";
import type { BrokerCall } from "./services.ts";

type Request = RequestOf<typeof Fetch>;
type Response = ResponseInput<typeof Fetch>;
type TopicAnswer = { topic: string; topicId: string; partitions: PartitionAnswer[] };
type PartitionAnswer = NonNullable<NonNullable<NonNullable<Response["responses"]>[number]["partitions"]>[number]>;
type ReadPartition = { readonly position: FetchPosition; readonly topic: string; readonly read: PartitionRead };

/** Fetch versions: consumers that follow where they are sent (KIP-392), topics by id (KIP-516), and leaders named where an error is about them (KIP-951). */
const MAY_READ_FOLLOWERS = 11;
const NAMES_TOPICS_BY_ID = 13;
const NAMES_LEADERS = 16;
const NO_RECORDS = new Uint8Array(0);

/**
 * Reads records: at once when there are enough, when something is wrong or when the client does not wait; else parked until there are,
 * or until max_wait_ms. Records are read from disk only when the answer is due. No partition's answer but the first is over its limits.
 */
export const fetch = hotHandler(Fetch, { overlaps: false }, (request, call: BrokerCall) => {
  const plan = call.services.fetchSessions.plan({
    sessionId: request.sessionId,
    sessionEpoch: request.sessionEpoch,
    usesTopicIds: call.apiVersion >= NAMES_TOPICS_BY_ID,
    isFollower: replicaIdOf(request, call) >= 0,
    positions: positionsOf(request),
    forgotten: request.forgottenTopicsData.flatMap(({ topic, topicId, partitions }) =>
      partitions.map((partition) => ({ topic, topicId, partition })),
    ),
  });
  if (isRefusal(plan)) return call.answer(Fetch, { errorCode: plan.errorCode });
  const isConsumer = replicaIdOf(request, call) < 0;
  const mostBytes = isConsumer ? call.mostAtOnce("consumer_byte_rate") : Infinity;
  const maxBytes = Math.min(request.maxBytes, call.services.config.get("fetch.max.bytes"), mostBytes);
  new ParkedFetch(call, plan, {
    maxWaitMs: request.maxWaitMs,
    minBytes: Math.min(request.minBytes, maxBytes),
    maxBytes,
    isolation: request.isolationLevel === 1 ? "committed" : "uncommitted",
    replicaId: replicaIdOf(request, call),
    replicaEpoch: request.replicaState.replicaEpoch,
    rack: call.apiVersion >= MAY_READ_FOLLOWERS ? request.rackId : undefined,
  }).start();
});

function replicaIdOf(request: Request, call: BrokerCall): number {
  return call.apiVersion >= 15 ? request.replicaState.replicaId : request.replicaId;
}

function positionsOf(request: Request): FetchPosition[] {
  const positions: FetchPosition[] = [];
  for (const { topic, topicId, partitions } of request.topics) {
    for (const asked of partitions) {
      const { partition, currentLeaderEpoch, fetchOffset, lastFetchedEpoch, logStartOffset, partitionMaxBytes } = asked;
      positions.push({
        topic,
        topicId,
        partition,
        currentLeaderEpoch,
        fetchOffset,
        lastFetchedEpoch,
        logStartOffset,
        maxBytes: partitionMaxBytes,
      });
    }
  }
  return positions;
}

type FetchLimits = {
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly isolation: Isolation;
  /** -1 for consumers. */
  readonly replicaId: number;
  /** Epoch of the follower's registration; -1 where the request does not say. */
  readonly replicaEpoch: number;
  /** The client's rack; undefined for one that reads from leaders only. */
  readonly rack: string | undefined;
};

/** A fetch from its start to its answer. */
class ParkedFetch {
  private deadline: Timer | undefined;
  private cancelWatch: Cancel | undefined;
  private isOver = false;
  /** The partitions that are waited for, by `partitionKey`. */
  private readonly watched = new Map<
    string,
    { readonly topicPartition: TopicPartition; readonly position: FetchPosition }
  >();

  constructor(
    private readonly call: BrokerCall,
    private readonly plan: FetchPlan,
    private readonly limits: FetchLimits,
  ) {}

  start(): void {
    const { clock } = this.call.services.environment;
    const reads = this.read();
    if (this.limits.maxWaitMs <= 0 || isDue(reads, this.limits)) return this.answer(reads);
    let waitMs = this.limits.maxWaitMs;
    for (const { read } of reads) waitMs = Math.min(waitMs, read.throttledMs ?? waitMs);
    this.deadline = clock.at(clock.monotonicMs() + waitMs, () => this.answerNow());
    this.call.onAbandon(() => this.end());
    this.watch();
  }

  private watch(): void {
    for (const position of this.plan.positions) {
      const topic = this.topicOf(position);
      if (topic === undefined) continue;
      const topicPartition = { topic, partition: position.partition };
      this.watched.set(partitionKey(topicPartition), { topicPartition, position });
    }
    const topicPartitions = [...this.watched.values()].map(({ topicPartition }) => topicPartition);
    this.cancelWatch = this.call.services.replicas.watch(topicPartitions, (news) => {
      if (!this.isOver) this.wake(news);
    });
  }

  /** With a small min_bytes the first records end the wait; else they are counted before anything is read. */
  private wake(news: ReadonlySet<string>): void {
    if (!this.isWorthReading(news)) return;
    if (this.limits.minBytes > 1 && !this.mayBeDue()) return;
    const reads = this.readOrFail();
    if (reads !== undefined && isDue(reads, this.limits)) this.answer(reads);
  }

  /** A follower hears of each high watermark that its own fetches move. */
  private isWorthReading(news: ReadonlySet<string>): boolean {
    const { isolation, replicaId } = this.limits;
    const rack = this.rack();
    for (const key of news) {
      const watched = this.watched.get(key);
      if (watched === undefined) continue;
      const { fetchOffset, currentLeaderEpoch, logStartOffset: followerLogStartOffset } = watched.position;
      const reader = { fetchOffset, currentLeaderEpoch, isolation, replicaId, followerLogStartOffset, ...rack };
      if (this.call.services.replicas.hasNews(watched.topicPartition, reader)) return true;
    }
    return false;
  }

  private mayBeDue(): boolean {
    const { replicas } = this.call.services;
    let bytes = 0;
    for (const position of this.plan.positions) {
      const topic = this.topicOf(position);
      if (topic === undefined) return true;
      const topicPartition = { topic, partition: position.partition };
      const { isolation } = this.limits;
      if (isRefusal(replicas.readable(topicPartition, this.rack()))) return true;
      bytes += replicas.availableBytes(topicPartition, {
        fetchOffset: position.fetchOffset,
        isolation,
        ...this.rack(),
      });
      if (bytes >= this.limits.minBytes) return true;
    }
    return false;
  }

  private answerNow(): void {
    const reads = this.readOrFail();
    if (reads !== undefined) this.answer(reads);
  }

  private readOrFail(): ReadPartition[] | undefined {
    try {
      return this.read();
    } catch (error) {
      this.end();
      this.call.fail(error);
      return undefined;
    }
  }

  private end(): void {
    this.isOver = true;
    this.deadline?.cancel();
    this.cancelWatch?.();
  }

  private rack(): { readonly rack?: string } {
    return this.limits.rack === undefined ? {} : { rack: this.limits.rack };
  }

  private topicOf({ topic, topicId }: FetchPosition): string | undefined {
    return this.call.apiVersion >= NAMES_TOPICS_BY_ID
      ? this.call.services.image().topicsById.get(topicId)?.name
      : topic;
  }

  /** The first partition that has records gives at least one batch, whatever the limits say (KIP-74). */
  private read(): ReadPartition[] {
    const { limits, call } = this;
    let remainingBytes = limits.maxBytes;
    let atLeastOneBatch = true;
    const lend = (sizeBytes: number) => call.lend(sizeBytes);
    return this.plan.positions.map((position) => {
      const topic = this.topicOf(position);
      if (topic === undefined) return { position, topic: "", read: unread(UNKNOWN_TOPIC_ID) };
      if (limits.replicaId < 0 && !call.may("read", { topic }))
        return { position, topic, read: unread(TOPIC_AUTHORIZATION_FAILED) };
      if (partitionOf(call.services.image(), topic, position.partition) === undefined)
        return { position, topic, read: unread(UNKNOWN_TOPIC_OR_PARTITION) };
      const read = call.services.replicas.read(
        { topic, partition: position.partition },
        {
          fetchOffset: position.fetchOffset,
          maxBytes: Math.max(0, Math.min(position.maxBytes, remainingBytes)),
          atLeastOneBatch,
          isolation: limits.isolation,
          currentLeaderEpoch: position.currentLeaderEpoch,
          lastFetchedEpoch: position.lastFetchedEpoch,
          replicaId: limits.replicaId,
          replicaEpoch: limits.replicaEpoch,
          followerLogStartOffset: position.logStartOffset,
          apiVersion: call.apiVersion,
          lend,
          ...this.rack(),
        },
      );
      if (read.records.byteLength > 0) atLeastOneBatch = false;
      remainingBytes -= read.records.byteLength;
      return { position, topic, read };
    });
  }

  /** A consumer beyond its quota gets nothing now, and that does not count (KafkaApis.handleFetchRequest). */
  private isThrottled(reads: readonly ReadPartition[]): boolean {
    const { call, limits } = this;
    if (limits.replicaId >= 0 || !call.mayBeLimited) return false;
    const bytes = reads.reduce((sum, { read }) => sum + read.records.byteLength, 0);
    call.useQuota("consumer_byte_rate", bytes);
    call.countTime();
    if (call.throttleTimeMs === 0) return false;
    call.giveBack("consumer_byte_rate", bytes);
    return true;
  }

  private answer(reads: readonly ReadPartition[]): void {
    this.end();
    const { call, plan } = this;
    if (this.isThrottled(reads)) return call.answer(Fetch, { errorCode: NONE, sessionId: plan.sessionId });
    const hints =
      call.apiVersion >= NAMES_LEADERS ? new LeaderHints(call.services.image(), call.listenerName) : undefined;
    const responses: TopicAnswer[] = [];
    for (const { position, topic, read } of reads) {
      const state = {
        errorCode: read.errorCode,
        highWatermark: read.highWatermark,
        logStartOffset: read.logStartOffset,
        recordBytes: read.records.byteLength,
        hasDivergingEpoch: read.divergingEpoch !== undefined,
        isRedirected: read.preferredReplica !== undefined,
      };
      if (!plan.mustName(position, state)) continue;
      if (this.limits.replicaId >= 0 && state.recordBytes > 0)
        call.services.replicas.noteSent({ topic, partition: position.partition }, state.recordBytes);
      const leader = hints?.after(read.errorCode, { topic, partition: position.partition });
      topicAnswer(responses, position).partitions.push(partitionAnswer(position.partition, read, leader));
    }
    const response: Response = { errorCode: NONE, sessionId: plan.sessionId, responses };
    call.answer(Fetch, hints === undefined ? response : { ...response, nodeEndpoints: hints.nodeEndpoints });
  }
}

/** Whether there is a reason to answer before the wait is over. */
function isDue(reads: readonly ReadPartition[], { minBytes, replicaId }: FetchLimits): boolean {
  let bytes = 0;
  for (const { position, read } of reads) {
    if (read.errorCode !== NONE || read.divergingEpoch !== undefined || read.preferredReplica !== undefined)
      return true;
    // DeleteRecords waits for followers to delete too.
    if (replicaId >= 0 && read.throttledMs === undefined && mustDelete(position, read.logStartOffset)) return true;
    bytes += read.records.byteLength;
  }
  return reads.length === 0 || bytes >= minBytes;
}

/** The topic's part of the response: the last one if it is of the same topic, so that the order of partitions stays. */
function topicAnswer(responses: TopicAnswer[], { topic, topicId }: FetchPosition): TopicAnswer {
  const last = responses.at(-1);
  if (last !== undefined && last.topic === topic && last.topicId === topicId) return last;
  const added = { topic, topicId, partitions: [] };
  responses.push(added);
  return added;
}

function partitionAnswer(
  partitionIndex: number,
  read: PartitionRead,
  leader: { leaderId: number; leaderEpoch: number } | undefined,
): PartitionAnswer {
  const { errorCode, highWatermark, lastStableOffset, logStartOffset, abortedTransactions, records } = read;
  const { divergingEpoch, preferredReplica } = read;
  return {
    partitionIndex,
    errorCode,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    abortedTransactions,
    records,
    ...(divergingEpoch === undefined ? {} : { divergingEpoch }),
    ...(preferredReplica === undefined ? {} : { preferredReadReplica: preferredReplica }),
    ...(leader === undefined ? {} : { currentLeader: leader }),
  };
}

function unread(errorCode: number): PartitionRead {
  return {
    errorCode,
    highWatermark: -1,
    lastStableOffset: -1,
    logStartOffset: -1,
    records: NO_RECORDS,
    abortedTransactions: [],
    currentLeader: { leaderId: -1, leaderEpoch: -1 },
  };
}
