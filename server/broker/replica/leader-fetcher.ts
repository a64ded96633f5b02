import type { Environment, Timer } from "../../environment/environment.ts";
import { ClientError } from "../../client/client-error.ts";
import { Connection } from "../../client/connection.ts";
import { pause } from "../../client/pause.ts";
import type { ResponseOf } from "../../wire/api.ts";
import { Fetch } from "../../wire/apis/fetch.ts";
import { errorName, NONE, OFFSET_OUT_OF_RANGE } from "../../wire/errors.ts";
import { isRefusal } from "../refusal.ts";
import { FollowerSession, positionKey, type FollowerPosition } from "./follower-session.ts";
import { askLeaderRange } from "./leader-range.ts";
import type { Partition } from "./partition.ts";
import type { ReplicaManager } from "./replica-manager.ts";
import type { ReplicationQuota } from "./replication-quota.ts";

/** Settings of followers, asked for each request because some are dynamic. */
export type FetcherSettings = {
  /** replica.fetch.wait.max.ms */
  readonly waitMaxMs: number;
  /** replica.fetch.min.bytes */
  readonly minBytes: number;
  /** replica.fetch.response.max.bytes */
  readonly responseBytesMax: number;
  /** replica.fetch.max.bytes */
  readonly partitionBytesMax: number;
  /** replica.fetch.backoff.ms: the longest pause after a failure. */
  readonly backoffMsMax: number;
  /** replica.socket.timeout.ms */
  readonly socketTimeoutMs: number;
};

/** What the fetchers of a broker share. */
export type FetcherParts = {
  readonly nodeId: number;
  readonly brokerEpoch: () => number;
  readonly replicas: ReplicaManager;
  readonly settings: () => FetcherSettings;
  /** What this broker may take for its throttled replicas. */
  readonly quota: ReplicationQuota;
  /** Where brokers reach a broker; undefined while it is not registered. */
  readonly endpointOf: (broker: number) => { readonly host: string; readonly port: number } | undefined;
  /** A bug: the broker must not go on. */
  readonly onFatal: (error: unknown) => void;
};

type Response = ResponseOf<typeof Fetch>;
type PartitionAnswer = Response["responses"][number]["partitions"][number];
/** A partition that is copied from the leader; left alone until `retryMs` after a failure. */
type Followed = { readonly partition: Partition; readonly leaderEpoch: number; retryMs: number; backoffMs: number };
/** What one request asks for. */
type Round = { readonly positions: ReadonlyMap<string, FollowerPosition>; readonly waitMs: number };

/** v17 tells the leader's replicas apart by broker epoch and names topics by id; later versions bring nothing for these. */
const FETCH_VERSION_MAX = 17;
/** The first pause after a failure: a new leader is often some milliseconds behind us in reading the metadata. */
const FIRST_BACKOFF_MS = 10;
const CONNECT_TIMEOUT_MS = 5_000;
/** A partition that is new here waits so long for the parked request to end by itself; then that one is given up. */
const NEWCOMER_WAIT_MS = 10;
/** Requests are given up no more often than this, so that large answers come through while many topics are made. */
const INTERRUPTION_MS = 100;
/** Logs are opened for at most this long at a time; the others of a large start have to wait for the next request. */
const OPENING_MS = 5;

/**
 * Copies the partitions that one other broker leads (Kafka's ReplicaFetcherThread): one request after the other on one connection, each from where the
 * logs end. Begins with the first partition and has ended when the last was taken away.
 */
export class LeaderFetcher {
  readonly #followed = new Map<string, Followed>();
  readonly #session = new FollowerSession();
  #connection: Connection | undefined;
  #newcomerTimer: Timer | undefined;
  #interruptedMs = -Infinity;
  #requestCount = 0;
  #isParked = false;
  #isInterrupted = false;
  #isStopped = false;

  constructor(
    private readonly environment: Environment,
    readonly leaderId: number,
    private readonly parts: FetcherParts,
  ) {
    this.#run().catch((error: unknown) => parts.onFatal(error));
  }

  get isIdle(): boolean {
    return this.#followed.size === 0;
  }

  /** Copies a partition from now on, in its present leader epoch. */
  follow(partition: Partition): void {
    const { topicId, topicPartition, leaderEpoch } = partition;
    this.#followed.set(positionKey(topicId, topicPartition.partition), {
      partition,
      leaderEpoch,
      retryMs: 0,
      backoffMs: 0,
    });
    if (this.#isParked) this.#interruptSoon();
  }

  /** Leaves a partition alone; what is on its way for it is dropped. */
  leave(topicId: string, partition: number): void {
    this.#followed.delete(positionKey(topicId, partition));
  }

  /** Ends all of it. */
  stop(): void {
    this.#isStopped = true;
    this.#newcomerTimer?.cancel();
    this.#followed.clear();
    this.#connection?.close();
  }

  async #run(): Promise<void> {
    const { clock, random, log } = this.environment;
    // The caller adds its partitions in this step.
    await Promise.resolve();
    let backoffMs = FIRST_BACKOFF_MS;
    while (!this.#isStopped) {
      try {
        await this.#fetchOnce();
        backoffMs = FIRST_BACKOFF_MS;
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        const isInterrupted = this.#isInterrupted;
        this.#isInterrupted = false;
        this.#drop();
        if (this.#isStopped) return;
        if (isInterrupted) continue;
        if (log.debugOn) log.debug({ leaderId: this.leaderId, reason: error.message }, "cannot fetch from a leader");
        await pause(clock, backoffMs * (0.5 + random.next() / 2));
        backoffMs = Math.min(backoffMs * 2, this.parts.settings().backoffMsMax);
      }
    }
  }

  async #fetchOnce(): Promise<void> {
    const { clock } = this.environment;
    const connection = await this.#connected();
    const settings = this.parts.settings();
    const { positions, waitMs } = this.#round(settings);
    if (positions.size === 0) return pause(clock, Math.max(1, Math.min(waitMs, NEWCOMER_WAIT_MS)));
    const request = {
      replicaState: { replicaId: this.parts.nodeId, replicaEpoch: this.parts.brokerEpoch() },
      maxWaitMs: waitMs,
      minBytes: settings.minBytes,
      maxBytes: settings.responseBytesMax,
      ...this.#session.next(positions),
    };
    this.#isParked = true;
    this.#requestCount++;
    const deadlineMs = clock.monotonicMs() + waitMs + settings.socketTimeoutMs;
    const response = await connection.send(Fetch, request, { deadlineMs, maxVersion: FETCH_VERSION_MAX });
    this.#isParked = false;
    if (this.#isStopped) return;
    if (response.errorCode !== NONE) return this.#refused(response.errorCode);
    this.#session.opened(response.sessionId);
    await this.#take(response, positions, connection);
  }

  /** The leader does not know our session: it was started again, or needed the room. */
  #refused(errorCode: number): Promise<void> {
    const { clock, log } = this.environment;
    this.#session.lost();
    if (log.debugOn) log.debug({ leaderId: this.leaderId, error: errorName(errorCode) }, "a leader refused a fetch");
    return pause(clock, FIRST_BACKOFF_MS);
  }

  async #connected(): Promise<Connection> {
    if (this.#connection?.isOpen === true) return this.#connection;
    const endpoint = this.parts.endpointOf(this.leaderId);
    if (endpoint === undefined) throw new ClientError("unavailable", `Broker ${this.leaderId} is not registered.`);
    const connection = await Connection.open(this.environment, {
      ...endpoint,
      clientId: `broker-${this.parts.nodeId}-fetcher`,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
    });
    if (this.#isStopped) connection.close();
    this.#connection = connection;
    return connection;
  }

  #drop(): void {
    this.#isParked = false;
    this.#session.lost();
    this.#connection?.close();
    this.#connection = undefined;
  }

  /** What to ask for now, each partition from its log's end; and how long the leader may wait, so that those that failed get their next try in time. */
  #round(settings: FetcherSettings): Round {
    const { clock } = this.environment;
    const startedMs = clock.monotonicMs();
    const positions = new Map<string, FollowerPosition>();
    let waitMs = settings.waitMaxMs;
    for (const [key, followed] of this.#followed) {
      const { partition, retryMs } = followed;
      if (retryMs > startedMs) {
        waitMs = Math.min(waitMs, Math.ceil(retryMs - startedMs));
        continue;
      }
      if (!partition.isReady) {
        if (clock.monotonicMs() - startedMs > OPENING_MS) {
          waitMs = 0;
          continue;
        }
        if (isRefusal(this.parts.replicas.openFollower(partition))) {
          this.#putOff(followed, settings.backoffMsMax);
          continue;
        }
      }
      const quotaBytes = this.#quotaBytes(partition);
      if (quotaBytes === 0) {
        waitMs = Math.min(waitMs, this.parts.quota.waitMs());
        continue;
      }
      const { logEndOffset, logStartOffset, latestEpoch } = partition.log;
      positions.set(key, {
        topicId: partition.topicId,
        partition: partition.topicPartition.partition,
        currentLeaderEpoch: followed.leaderEpoch,
        fetchOffset: logEndOffset,
        lastFetchedEpoch: latestEpoch ?? -1,
        logStartOffset,
        partitionMaxBytes: Math.min(settings.partitionBytesMax, quotaBytes),
      });
    }
    return { positions, waitMs };
  }

  /** What may be taken for a replica now. One in sync is never throttled: others wait for it. */
  #quotaBytes({ isr, topicPartition }: Partition): number {
    const { quota, nodeId } = this.parts;
    return isr.includes(nodeId) || !quota.isThrottled(topicPartition) ? Infinity : quota.availableBytes();
  }

  async #take(response: Response, positions: Round["positions"], connection: Connection): Promise<void> {
    const outOfRange: Followed[] = [];
    for (const { topicId, partitions } of response.responses) {
      for (const answer of partitions) {
        const key = positionKey(topicId, answer.partitionIndex);
        const followed = this.#followed.get(key);
        const position = positions.get(key);
        // Taken away, or followed anew in a later epoch, while the answer was on its way.
        if (followed === undefined || position === undefined || followed.leaderEpoch !== position.currentLeaderEpoch)
          continue;
        if (answer.errorCode === OFFSET_OUT_OF_RANGE) outOfRange.push(followed);
        else this.#takeOne(followed, position, answer);
      }
    }
    for (const followed of outOfRange) await this.#fit(followed, connection);
    await this.#keepPromises(positions);
  }

  /** Under log.flush.policy=group the next request, which confirms what was copied, waits until that is on disk. */
  async #keepPromises(positions: Round["positions"]): Promise<void> {
    const flushes: Promise<void>[] = [];
    for (const key of positions.keys()) {
      const partition = this.#followed.get(key)?.partition;
      if (partition?.isReady === true && partition.log.promisedEndOffset < partition.log.logEndOffset)
        flushes.push(this.parts.replicas.flush(partition));
    }
    await Promise.all(flushes);
  }

  #takeOne(followed: Followed, position: FollowerPosition, answer: PartitionAnswer): void {
    const { partition } = followed;
    if (answer.errorCode !== NONE) return this.#failed(followed, answer.errorCode);
    if (!partition.isReady || partition.log.logEndOffset !== position.fetchOffset) return;
    const { divergingEpoch, highWatermark, logStartOffset } = answer;
    const refusal = this.parts.replicas.takeFetched(partition, {
      records: answer.records ?? NO_RECORDS,
      highWatermark,
      logStartOffset,
      diverging: divergingEpoch.endOffset >= 0 ? divergingEpoch : undefined,
    });
    if (refusal !== undefined) return this.#failed(followed, refusal.errorCode);
    const { quota } = this.parts;
    if (quota.isThrottled(partition.topicPartition)) quota.record(answer.records?.byteLength ?? 0);
    followed.backoffMs = 0;
  }

  async #fit(followed: Followed, connection: Connection): Promise<void> {
    const { partition, leaderEpoch } = followed;
    const deadlineMs = this.environment.clock.monotonicMs() + this.parts.settings().socketTimeoutMs;
    const range = await askLeaderRange(connection, partition, { nodeId: this.parts.nodeId, leaderEpoch, deadlineMs });
    const { topicId, topicPartition } = partition;
    if (this.#followed.get(positionKey(topicId, topicPartition.partition)) !== followed || !partition.isReady) return;
    const refusal = isRefusal(range) ? range : this.parts.replicas.fitToLeader(partition, range);
    if (refusal !== undefined) this.#failed(followed, refusal.errorCode);
  }

  /** Most failures are a matter of who read the metadata first. */
  #failed(followed: Followed, errorCode: number): void {
    const { log } = this.environment;
    this.#putOff(
      followed,
      Math.min(this.parts.settings().backoffMsMax, Math.max(FIRST_BACKOFF_MS, followed.backoffMs * 2)),
    );
    if (!log.debugOn) return;
    const { topicPartition } = followed.partition;
    log.debug(
      { ...topicPartition, leaderId: this.leaderId, error: errorName(errorCode) },
      "a partition cannot be copied for now",
    );
  }

  #putOff(followed: Followed, backoffMs: number): void {
    followed.backoffMs = backoffMs;
    followed.retryMs = this.environment.clock.monotonicMs() + backoffMs;
  }

  /** Gives up the request that the leader holds without the newcomers in it, if it does not end by itself. */
  #interruptSoon(): void {
    if (this.#newcomerTimer !== undefined) return;
    const { clock } = this.environment;
    const request = this.#requestCount;
    const atMs = Math.max(clock.monotonicMs() + NEWCOMER_WAIT_MS, this.#interruptedMs + INTERRUPTION_MS);
    this.#newcomerTimer = clock.at(atMs, () => {
      this.#newcomerTimer = undefined;
      if (!this.#isParked || this.#requestCount !== request) return;
      this.#interruptedMs = clock.monotonicMs();
      this.#isInterrupted = true;
      this.#connection?.close();
    });
  }
}

const NO_RECORDS = new Uint8Array(0);
