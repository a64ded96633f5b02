import assert from "node:assert/strict";
import {
  FENCED_LEADER_EPOCH,
  NONE,
  NOT_ENOUGH_REPLICAS,
  NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  UNKNOWN_LEADER_EPOCH,
} from "../../wire/errors.ts";
import type { PartitionImage } from "../controller/image.ts";
import type { AppendedBatch, AppendOptions, AppendRefusal } from "../log/append.ts";
import type { Offset } from "../log/log-config.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import type { TopicPartition } from "../topic-partition.ts";
import { partitionKey } from "../topic-partition.ts";
import {
  afterFetch,
  isCaughtUp,
  laggingReplicas,
  mayJoinIsr,
  nextHighWatermark,
  unheardFollower,
  type FollowerFetch,
  type FollowerState,
  type LeaderFacts,
} from "./isr.ts";

/** The time at which a follower was caught up is as exact as this; replica.lag.time.max.ms is seconds. */
const CAUGHT_UP_MS = 100;

/** What a broker does for a partition that it holds a replica of. */
export type Role = "leader" | "follower";

/** A change of the ISR that the leader wants the controller to confirm (AlterPartition). */
export type IsrProposal = {
  readonly topicPartition: TopicPartition;
  readonly topicId: string;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly isr: readonly number[];
  /** Parallel to `isr`: the life of each broker that the leader heard of (KIP-903); -1 for any, and for the leader itself. */
  readonly brokerEpochs: readonly number[];
};

/** The ISR that the controller answered a proposal with. */
export type ConfirmedIsr = {
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly isr: readonly number[];
};

/** What the partitions of a broker share. */
export type PartitionSurroundings = {
  readonly nodeId: number;
  /** Opens a partition's log on first use; `directoryId` is where the metadata say that it is. */
  readonly open: (topicPartition: TopicPartition, topicId: string, directoryId?: string) => PartitionLog | Refusal;
  readonly propose: (proposal: IsrProposal) => void;
  readonly isEligible: LeaderFacts["isEligible"];
  /** replica.lag.time.max.ms */
  readonly lagMsMax: () => number;
};

/** What a change of the metadata meant for a replica: another role or leader epoch, other replicas or ISR, or nothing. */
export type Applied = "role" | "replicas" | "nothing";

/** One replica on this broker (Kafka's Partition): its role, and as leader the followers, the ISR and the high watermark. */
export class Partition {
  readonly topicPartition: TopicPartition;
  /** `partitionKey` of it. */
  readonly key: string;
  readonly topicId: string;
  readonly #surroundings: PartitionSurroundings;
  #log: PartitionLog | undefined;
  #role: Role = "follower";
  #image: PartitionImage | undefined;
  #followers = new Map<number, FollowerState>();
  /** An ISR that the controller has not confirmed yet. */
  #proposed: IsrProposal | undefined;
  /** Where this leader's epoch begins; set when the log is opened. */
  #epochStartOffset: Offset = 0;
  /** The epoch that the log was told of. */
  #startedEpoch = -1;

  constructor(topicPartition: TopicPartition, topicId: string, surroundings: PartitionSurroundings) {
    this.topicPartition = topicPartition;
    this.key = partitionKey(topicPartition);
    this.topicId = topicId;
    this.#surroundings = surroundings;
  }

  get role(): Role {
    return this.#role;
  }
  get leaderEpoch(): number {
    return this.#image?.leaderEpoch ?? -1;
  }
  /** Broker id, or -1. */
  get leaderId(): number {
    return this.#image?.leader ?? -1;
  }
  get partitionEpoch(): number {
    return this.#image?.partitionEpoch ?? -1;
  }
  /** As the controller confirmed it. */
  get isr(): readonly number[] {
    return this.#image?.isr ?? [];
  }
  get replicas(): readonly number[] {
    return this.#image?.replicas ?? [];
  }
  /** The log directory of this replica, as the metadata say; see `DirectoryId`. */
  get directoryId(): string | undefined {
    return this.#image?.directories[this.replicas.indexOf(this.#surroundings.nodeId)];
  }
  /** The log; `openedLog` or `ReplicaManager.leader` must have opened it. */
  get log(): PartitionLog {
    assert(this.#log !== undefined, "the log was opened before it is used");
    return this.#log;
  }
  /** Whether the log is open and its disk works. */
  get isReady(): boolean {
    return this.#log !== undefined && !this.#log.isClosed;
  }
  get followers(): ReadonlyMap<number, FollowerState> {
    return this.#followers;
  }
  get epochStartOffset(): Offset {
    return this.#epochStartOffset;
  }

  /** Takes over what the metadata say, unless an AlterPartition response said it, or more, before. */
  apply(image: PartitionImage, nowMs: number): Applied {
    const before = { role: this.#role, leaderEpoch: this.leaderEpoch, partitionEpoch: this.partitionEpoch };
    if (image.leaderEpoch < before.leaderEpoch) return "nothing";
    const isNewEpoch = image.leaderEpoch > before.leaderEpoch;
    if (!isNewEpoch && image.partitionEpoch <= before.partitionEpoch) return "nothing";
    this.#image = image;
    this.#role = image.leader === this.#surroundings.nodeId ? "leader" : "follower";
    this.#proposed = undefined;
    this.#followers = this.#role === "leader" ? this.#followersOf(image, isNewEpoch, nowMs) : new Map();
    if (this.#log !== undefined) this.#startEpoch(this.#log);
    return isNewEpoch || this.#role !== before.role ? "role" : "replicas";
  }

  /** The log, opened on first use. Throws DiskError. */
  openedLog(): PartitionLog | Refusal {
    if (this.#log !== undefined) return this.#log;
    const log = this.#surroundings.open(this.topicPartition, this.topicId, this.directoryId);
    if (isRefusal(log)) return log;
    this.#log = log;
    this.#startEpoch(log);
    return log;
  }

  /** Goes on with a log that holds the same: the replica has moved to another directory. Throws DiskError. */
  replaceLog(log: PartitionLog): void {
    this.#log = log;
    this.#startedEpoch = -1;
    this.#startEpoch(log);
  }

  /** 74 when the asker's epoch is older than this replica's, 75 when newer; undefined or -1 is not checked. */
  checkEpoch(currentLeaderEpoch: number | undefined): Refusal | undefined {
    if (currentLeaderEpoch === undefined || currentLeaderEpoch < 0 || currentLeaderEpoch === this.leaderEpoch)
      return undefined;
    if (currentLeaderEpoch < this.leaderEpoch) return { errorCode: FENCED_LEADER_EPOCH };
    return { errorCode: UNKNOWN_LEADER_EPOCH };
  }

  /** Appends as leader. NOT_ENOUGH_REPLICAS with acks=all below min.insync.replicas. Throws DiskError. */
  append(
    records: Uint8Array,
    options: Omit<AppendOptions, "leaderEpoch"> & { readonly acks: -1 | 0 | 1 },
    monotonicMs: number,
  ): AppendedBatch | AppendRefusal {
    const minimum = this.minInsyncReplicas;
    if (options.acks === -1 && this.isr.length < minimum) {
      const message = `The size of the current ISR (${this.isr.join(",")}) is insufficient to satisfy the min.insync.replicas requirement of ${minimum} for partition ${this.key}`;
      return { errorCode: NOT_ENOUGH_REPLICAS, message };
    }
    const appended = this.log.appendAsLeader(records, { ...options, leaderEpoch: this.leaderEpoch });
    if (!isRefusal(appended) && !appended.duplicate) this.advanceHighWatermark(monotonicMs);
    return appended;
  }

  /** Notes a follower's fetch, which may move the high watermark and bring it into the ISR. True when the high watermark moved. */
  noteFollowerFetch(
    followerId: number,
    fetch: Pick<FollowerFetch, "fetchOffset" | "logStartOffset" | "brokerEpoch">,
    monotonicMs: number,
  ): boolean {
    const known = this.#followers.get(followerId);
    // An earlier life of the broker, that a slow connection still brings word of.
    if (known === undefined || (fetch.brokerEpoch !== -1 && fetch.brokerEpoch < known.brokerEpoch)) return false;
    const leaderEndOffset = this.log.logEndOffset;
    const isOutside = this.#proposed === undefined && !this.isr.includes(followerId);
    const isSame =
      fetch.fetchOffset === known.logEndOffset &&
      fetch.logStartOffset === known.logStartOffset &&
      fetch.brokerEpoch === known.brokerEpoch;
    // A follower of many partitions asks for all of them whenever one has something.
    const isIdle = isSame && fetch.fetchOffset === leaderEndOffset && monotonicMs - known.lastCaughtUpMs < CAUGHT_UP_MS;
    if (isIdle && !isOutside) return false;
    this.#followers.set(followerId, afterFetch(known, { ...fetch, leaderEndOffset, nowMs: monotonicMs }));
    if (isOutside && mayJoinIsr(followerId, this.#facts(monotonicMs))) this.#proposeIsr([...this.isr, followerId]);
    return fetch.fetchOffset !== known.logEndOffset && this.advanceHighWatermark(monotonicMs);
  }

  /** Proposes an ISR with the followers that may join, by their last fetches: to be asked when brokers or the ISR changed, because who has everything does not fetch again soon. */
  growIsr(monotonicMs: number): void {
    if (this.#role !== "leader" || this.#log === undefined || this.#proposed !== undefined) return;
    if (this.isr.length > this.#followers.size) return;
    const facts = this.#facts(monotonicMs);
    const joining = [...this.#followers].filter(([id, state]) => isCaughtUp(state, facts) && mayJoinIsr(id, facts));
    if (joining.length > 0) this.#proposeIsr([...this.isr, ...joining.map(([id]) => id)]);
  }

  /** Proposes an ISR without the followers that fell behind; to be asked every half of replica.lag.time.max.ms. */
  shrinkIsr(monotonicMs: number): void {
    if (this.#role !== "leader" || this.#log === undefined || this.#proposed !== undefined) return;
    const lagging = laggingReplicas(this.#facts(monotonicMs));
    if (lagging.length > 0) this.#proposeIsr(this.isr.filter((id) => !lagging.includes(id)));
  }

  /** The controller took a proposal: what it answered holds until the metadata say more. */
  confirmIsr(proposal: IsrProposal, confirmed: ConfirmedIsr): void {
    if (this.#proposed !== proposal) return;
    this.#proposed = undefined;
    const { leaderEpoch, partitionEpoch, isr } = confirmed;
    if (this.#image === undefined || leaderEpoch !== this.leaderEpoch || partitionEpoch <= this.partitionEpoch) return;
    this.#image = { ...this.#image, isr, partitionEpoch };
  }

  /** The controller refused a proposal for what it knows of a broker: a new one may be made. Other refusals stand until the metadata tell why. */
  withdrawIsr(proposal: IsrProposal): void {
    if (this.#proposed === proposal) this.#proposed = undefined;
  }

  /** Moves the high watermark as far as the replicas allow. True when it moved. Throws nothing. */
  advanceHighWatermark(monotonicMs: number): boolean {
    const log = this.log;
    const before = log.highWatermark;
    // The usual case of one replica, without any object: what is written is committed.
    const isAlone = this.#followers.size === 0;
    const replicated = isAlone ? log.logEndOffset : nextHighWatermark(this.#facts(monotonicMs));
    const after = Math.min(replicated, log.promisedEndOffset);
    if (after <= before) return false;
    log.updateHighWatermark(after);
    return true;
  }

  /** For those who waited for the high watermark: NOT_ENOUGH_REPLICAS_AFTER_APPEND when the ISR has become too small. */
  judgeCommitted(): number {
    return this.isr.length < this.minInsyncReplicas ? NOT_ENOUGH_REPLICAS_AFTER_APPEND : NONE;
  }

  /** min.insync.replicas, at most the number of replicas. */
  get minInsyncReplicas(): number {
    return Math.min(this.log.config.minInsyncReplicas, Math.max(1, this.replicas.length));
  }

  #startEpoch(log: PartitionLog): void {
    if (this.#role !== "leader" || this.#startedEpoch === this.leaderEpoch) return;
    log.startEpoch(this.leaderEpoch);
    this.#startedEpoch = this.leaderEpoch;
    this.#epochStartOffset = log.leaderEpochs.latest?.startOffset ?? log.logEndOffset;
    this.advanceHighWatermark(0);
  }

  #followersOf(image: PartitionImage, isNewEpoch: boolean, nowMs: number): Map<number, FollowerState> {
    const followers = new Map<number, FollowerState>();
    for (const id of image.replicas) {
      if (id === this.#surroundings.nodeId) continue;
      const known = isNewEpoch ? undefined : this.#followers.get(id);
      followers.set(id, known ?? unheardFollower(nowMs, image.isr.includes(id)));
    }
    return followers;
  }

  #facts(nowMs: number): LeaderFacts {
    const { nodeId, lagMsMax, isEligible } = this.#surroundings;
    const maximalIsr = this.#proposed === undefined ? this.isr : [...new Set([...this.isr, ...this.#proposed.isr])];
    return {
      leaderId: nodeId,
      leaderEndOffset: this.log.logEndOffset,
      highWatermark: this.log.highWatermark,
      epochStartOffset: this.#epochStartOffset,
      isr: this.isr,
      maximalIsr,
      followers: this.#followers,
      nowMs,
      lagMsMax: lagMsMax(),
      minInsyncReplicas: this.minInsyncReplicas,
      isEligible,
    };
  }

  #proposeIsr(isr: readonly number[]): void {
    const { topicPartition, topicId, leaderEpoch, partitionEpoch } = this;
    const brokerEpochs = isr.map((id) => this.#followers.get(id)?.brokerEpoch ?? -1);
    this.#proposed = { topicPartition, topicId, leaderEpoch, partitionEpoch, isr, brokerEpochs };
    this.#surroundings.propose(this.#proposed);
  }
}
