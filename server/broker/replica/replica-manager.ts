import type { Environment } from "../../environment/environment.ts";
import {
  CORRUPT_MESSAGE,
  KAFKA_STORAGE_ERROR,
  NONE,
  NOT_LEADER_OR_FOLLOWER,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import { WireError } from "../../wire/wire-error.ts";
import type { MetadataChanges } from "../controller/changes.ts";
import type { MetadataImage } from "../controller/image.ts";
import type { AppendRefusal } from "../log/append.ts";
import type { Offset } from "../log/log-config.ts";
import type { LogManager } from "../log/log-manager.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import type { TopicPartition } from "../topic-partition.ts";
import { partitionKey } from "../topic-partition.ts";
import { listOffset, type ListedOffset, type ListOffsetQuery, unmadeLog } from "./list-offset.ts";
import { describeDirectories } from "./log-dirs.ts";
import { fitToLeader, takeFetched, type Fetched, type LeaderRange } from "./follower-log.ts";
import { type DeletedRecords, deleteUpTo, lowWatermark, mustDelete, NOT_DELETED } from "./delete-records.ts";
import { Partition, type ConfirmedIsr, type IsrProposal, type PartitionSurroundings } from "./partition.ts";
import { failedRead, readBound, redirectedRead, type PartitionRead, type ReadOptions } from "./partition-read.ts";
import { preferredReplica } from "./preferred-replica.ts";
import { alreadyOver, Purgatory, type Cancel } from "./purgatory.ts";
import type { FutureReplica } from "./replica-moves.ts";
import type { EpochEnd, ProducedBatch, ProduceOptions } from "./replica-answers.ts";
import type { ReplicaManagerOptions } from "./replica-manager-options.ts";
import type { ReplicationQuota } from "./replication-quota.ts";
import { readWithinQuota } from "./throttled-read.ts";

export type { Isolation } from "./list-offset.ts";
export type { PartitionRead, ReadOptions } from "./partition-read.ts";

/** What this broker became for a partition; "none": deleted or moved away. */
export type Role = "leader" | "follower" | "none";
/** `topicId` tells a topic from one made again under its name. */
export type LeaderChangeListener = (
  topicPartition: TopicPartition,
  role: Role,
  leaderEpoch: number,
  topicId: string,
) => void;

/** replica.lag.time.max.ms default. */
const LAG_MS_MAX = 30_000;

/** Topics that only the broker writes to; their records are not deleted by clients. */
const INTERNAL_TOPICS = new Set(["__consumer_offsets", "__transaction_state", "__share_group_state"]);

/** Under it wait those whom this broker's own disk is enough. */
const promiseKey = (key: string): string => `${key}/promised`;
const deletionKey = (key: string): string => `${key}/deleted`;
const KEPT = { judgeCommitted: () => NONE };

/** The partitions that this broker holds (Kafka's ReplicaManager). */
export class ReplicaManager {
  readonly #environment: Environment;
  readonly #nodeId: number;
  readonly #logs: LogManager;
  readonly #surroundings: PartitionSurroundings;
  readonly #partitions = new Map<string, Partition>();
  readonly #listeners: LeaderChangeListener[] = [];
  readonly #purgatory: Purgatory;
  readonly #leaderQuota: ReplicationQuota | undefined;
  readonly #selector: () => string | null;
  #image: MetadataImage | undefined;

  constructor(environment: Environment, options: ReplicaManagerOptions) {
    this.#environment = environment;
    this.#nodeId = options.nodeId;
    this.#logs = options.logs;
    this.#leaderQuota = options.leaderQuota;
    this.#selector = options.selector ?? (() => null);
    this.#surroundings = {
      nodeId: options.nodeId,
      open: (name, id, directoryId) => this.#logs.logFor(name, id, directoryId),
      propose: options.proposeIsr ?? (() => {}),
      isEligible: (broker, brokerEpoch) => this.#mayBeInSync(broker, brokerEpoch),
      lagMsMax: options.lagMsMax ?? (() => LAG_MS_MAX),
    };
    this.#purgatory = new Purgatory(environment.clock);
  }

  /** Called for each batch of metadata, with the image after it; the first call gets all partitions as changes. */
  applyMetadata(image: MetadataImage, changes: MetadataChanges): void {
    const isFirst = this.#image === undefined;
    this.#image = image;
    for (const [topicId, topic] of changes.topicsDeleted) {
      for (const { partition } of topic.partitions) this.#stop({ topic: topic.name, partition }, topicId);
    }
    for (const [topicId, partitions] of changes.partitions) {
      const topic = image.topicsById.get(topicId);
      if (topic !== undefined)
        for (const partition of partitions) this.#applyPartition(image, topicId, { topic: topic.name, partition });
    }
    if (isFirst) this.#setStrayAside(image);
    if (changes.brokers.size === 0) return;
    // A follower that was waited for may be gone.
    for (const partition of this.#partitions.values()) {
      this.#advance(partition);
      if (partition.role === "leader" && partition.isReady) this.#tellDeleted(partition);
    }
  }

  /** Called in the step that changed the role, after the partition took it. */
  onLeaderChange(listener: LeaderChangeListener): void {
    this.#listeners.push(listener);
  }

  /** The partition with its log open. UNKNOWN_TOPIC_OR_PARTITION, NOT_LEADER_OR_FOLLOWER or KAFKA_STORAGE_ERROR. */
  leader(topicPartition: TopicPartition): Partition | Refusal {
    const partition = this.#partitions.get(partitionKey(topicPartition));
    if (partition === undefined)
      return { errorCode: this.#isKnown(topicPartition) ? NOT_LEADER_OR_FOLLOWER : UNKNOWN_TOPIC_OR_PARTITION };
    if (partition.role !== "leader") return { errorCode: NOT_LEADER_OR_FOLLOWER };
    return partition.isReady ? partition : this.#openLeader(partition);
  }

  /** The replica here, in whatever role; undefined when there is none. */
  partition(topicPartition: TopicPartition): Partition | undefined {
    return this.#partitions.get(partitionKey(topicPartition));
  }

  /** Every partition with a replica here. */
  partitions(): Iterable<Partition> {
    return this.#partitions.values();
  }

  /** Appends to a partition that this broker leads. Errors as in `leader`, and those of the log. */
  append(topicPartition: TopicPartition, records: Uint8Array, options: ProduceOptions): ProducedBatch | AppendRefusal {
    const partition = this.leader(topicPartition);
    if (isRefusal(partition)) return partition;
    const refusal = partition.checkEpoch(options.currentLeaderEpoch);
    if (refusal !== undefined) return refusal;
    const { clock } = this.#environment;
    const nowMs = clock.wallMs();
    try {
      const appended = partition.append(records, { ...options, nowMs }, clock.monotonicMs());
      if (isRefusal(appended)) return appended;
      if (!appended.duplicate) this.#purgatory.advanced(partition.key, partition.log.highWatermark, partition);
      const { logStartOffset, promisedEndOffset } = partition.log;
      return { ...appended, logStartOffset, isPromised: promisedEndOffset > appended.lastOffset };
    } catch (error) {
      return this.#refusalFor(error, topicPartition);
    }
  }

  /** Calls `done(0)` once the high watermark reached `requiredOffset`, else with an error code; at once (before it returns) when that holds already. */
  awaitReplication(
    topicPartition: TopicPartition,
    requiredOffset: Offset,
    deadlineMs: number,
    done: (errorCode: number) => void,
  ): Cancel {
    const partition = this.leader(topicPartition);
    if (isRefusal(partition)) done(partition.errorCode);
    else if (partition.log.highWatermark >= requiredOffset) done(partition.judgeCommitted());
    else return this.#purgatory.awaitOffset(partition.key, requiredOffset, deadlineMs, done);
    return alreadyOver;
  }

  /** Calls `done` once this broker itself may answer for what is below `requiredOffset`; at once unless log.flush.policy is group. */
  awaitPromise(
    topicPartition: TopicPartition,
    requiredOffset: Offset,
    deadlineMs: number,
    done: (errorCode: number) => void,
  ): Cancel {
    const partition = this.leader(topicPartition);
    if (isRefusal(partition)) done(partition.errorCode);
    else if (partition.log.promisedEndOffset >= requiredOffset) done(NONE);
    else return this.#purgatory.awaitOffset(promiseKey(partition.key), requiredOffset, deadlineMs, done);
    return alreadyOver;
  }

  /** More of a log is on disk than was (log.flush.policy=group). */
  flushed(topicPartition: TopicPartition): void {
    const partition = this.#partitions.get(partitionKey(topicPartition));
    if (partition === undefined || partition.role !== "leader" || !partition.isReady) return;
    this.#purgatory.advanced(promiseKey(partition.key), partition.log.promisedEndOffset, KEPT);
    this.#advance(partition);
  }

  /** Reads for a consumer, or for a follower, whose progress it notes. A consumer with a rack may read from a follower, and is sent to one of its rack. */
  read(topicPartition: TopicPartition, options: ReadOptions): PartitionRead {
    const partition = this.readable(topicPartition, options);
    if (isRefusal(partition))
      return failedRead(partition.errorCode, this.#partitions.get(partitionKey(topicPartition)));
    const refusal = partition.checkEpoch(options.currentLeaderEpoch);
    if (refusal !== undefined) return failedRead(refusal.errorCode, partition);
    const elsewhere = this.#image && preferredReplica(partition, this.#image, options, this.#selector());
    if (elsewhere !== undefined) return redirectedRead(partition, elsewhere);
    let read: PartitionRead;
    try {
      read = readWithinQuota(partition, options, this.#leaderQuota);
    } catch (error) {
      return failedRead(this.#refusalFor(error, topicPartition).errorCode, partition);
    }
    const { replicaId = -1, replicaEpoch: brokerEpoch = -1, followerLogStartOffset = 0, fetchOffset } = options;
    if (replicaId < 0 || read.errorCode !== NONE || read.divergingEpoch !== undefined) return read;
    const follower = { fetchOffset, logStartOffset: followerLogStartOffset, brokerEpoch };
    const before = partition.followers.get(replicaId)?.logStartOffset;
    const hasMoved = partition.noteFollowerFetch(replicaId, follower, this.#environment.clock.monotonicMs());
    if (hasMoved) this.#purgatory.advanced(partition.key, partition.log.highWatermark, partition);
    if (followerLogStartOffset !== before) this.#tellDeleted(partition);
    return read;
  }

  /** A follower's fetch was answered with so many bytes of a partition: they count where it is throttled. */
  noteSent(topicPartition: TopicPartition, bytes: number): void {
    if (this.#leaderQuota?.isThrottled(topicPartition) === true) this.#leaderQuota.record(bytes);
  }

  /** Bytes that a consumer could read from `fetchOffset` on; 0 when there are none or the partition is not led here. Cheap, as exact as the index. */
  availableBytes(
    topicPartition: TopicPartition,
    reader: Pick<ReadOptions, "fetchOffset" | "isolation" | "rack">,
  ): number {
    const partition = this.readable(topicPartition, reader);
    if (isRefusal(partition)) return 0;
    return partition.log.bytesBetween(reader.fetchOffset, readBound(partition.log, reader));
  }

  /** Whether a read would find records or an error. Cheap: for those who wait for many partitions. */
  hasNews(
    topicPartition: TopicPartition,
    reader: Pick<
      ReadOptions,
      "fetchOffset" | "isolation" | "currentLeaderEpoch" | "replicaId" | "followerLogStartOffset" | "rack"
    >,
  ): boolean {
    const partition = this.readable(topicPartition, reader);
    if (isRefusal(partition) || partition.checkEpoch(reader.currentLeaderEpoch) !== undefined) return true;
    const { log } = partition;
    const { fetchOffset, replicaId = -1, followerLogStartOffset = 0 } = reader;
    if (fetchOffset < log.logStartOffset || fetchOffset < readBound(log, reader)) return true;
    return replicaId >= 0 && mustDelete({ fetchOffset, logStartOffset: followerLogStartOffset }, log.logStartOffset);
  }

  /** Calls `wake` in a later step after an append, high watermark, log start, leader change or deletion of any of these, with their `partitionKey`s, until it is cancelled. */
  watch(topicPartitions: readonly TopicPartition[], wake: (news: ReadonlySet<string>) => void): Cancel {
    return this.#purgatory.watch(topicPartitions.map(partitionKey), wake);
  }

  /** Makes no log: a console asks for all partitions of a cluster, and 20,000 logs are not made in a moment. Errors as in `leader`. */
  listOffset(topicPartition: TopicPartition, query: ListOffsetQuery): ListedOffset {
    const none = { offset: -1, timestamp: -1, leaderEpoch: -1 };
    const known = this.#partitions.get(partitionKey(topicPartition));
    const mayBeUnmade = known?.role === "leader" && !known.isReady;
    const isUnmade = mayBeUnmade && this.#logs.placeOfNew(topicPartition, known.directoryId) !== undefined;
    const partition = isUnmade ? known : this.leader(topicPartition);
    if (isRefusal(partition)) return { ...none, errorCode: partition.errorCode };
    const refusal = partition.checkEpoch(query.currentLeaderEpoch);
    if (refusal !== undefined) return { ...none, errorCode: refusal.errorCode };
    const log = isUnmade ? unmadeLog(partition.leaderEpoch) : partition.log;
    const result = this.#guard(topicPartition, () => ({ listed: listOffset(log, query, partition) }));
    return isRefusal(result) ? { ...none, errorCode: result.errorCode } : result.listed;
  }

  /** OffsetForLeaderEpoch; epoch and end are -1 when the asked epoch is above all known. */
  offsetForLeaderEpoch(
    topicPartition: TopicPartition,
    query: { readonly leaderEpoch: number; readonly currentLeaderEpoch?: number },
  ): EpochEnd {
    const none = { leaderEpoch: -1, endOffset: -1 };
    const partition = this.leader(topicPartition);
    if (isRefusal(partition)) return { ...none, errorCode: partition.errorCode };
    const refusal = partition.checkEpoch(query.currentLeaderEpoch);
    if (refusal !== undefined) return { ...none, errorCode: refusal.errorCode };
    const end = partition.log.endOffsetForEpoch(query.leaderEpoch);
    return { errorCode: NONE, leaderEpoch: end?.epoch ?? -1, endOffset: end?.endOffset ?? -1 };
  }

  /** DeleteRecords on this replica; `offset` -1 is the high watermark. Refused for internal topics and where cleanup.policy has no delete. */
  deleteRecords(topicPartition: TopicPartition, offset: Offset): DeletedRecords {
    const partition = INTERNAL_TOPICS.has(topicPartition.topic) ? NOT_DELETED : this.leader(topicPartition);
    if (isRefusal(partition)) return { errorCode: partition.errorCode, lowWatermark: -1 };
    const nowMs = this.#environment.clock.wallMs();
    const result = this.#guard(topicPartition, () => deleteUpTo(partition.log, offset, nowMs));
    if (isRefusal(result)) return { errorCode: result.errorCode, lowWatermark: -1 };
    this.#purgatory.changed(partition.key);
    return { errorCode: NONE, lowWatermark: result.start };
  }

  /** Calls `done` once every replica on a broker that serves has deleted up to `offset`; REQUEST_TIMED_OUT with how far they are. */
  awaitDeletion(
    topicPartition: TopicPartition,
    offset: Offset,
    deadlineMs: number,
    done: (deleted: DeletedRecords) => void,
  ): Cancel {
    const partition = this.leader(topicPartition);
    const answer = (errorCode: number): void =>
      done({ errorCode, lowWatermark: isRefusal(partition) ? -1 : lowWatermark(partition, this.#image) });
    if (isRefusal(partition)) answer(partition.errorCode);
    else if (lowWatermark(partition, this.#image) >= offset) answer(NONE);
    else return this.#purgatory.awaitOffset(deletionKey(partition.key), offset, deadlineMs, answer);
    return alreadyOver;
  }

  /** The log directories with the asked partitions in them; null: all. */
  describeLogDirs(
    topicPartitions: readonly TopicPartition[] | null,
    futures: readonly FutureReplica[] = [],
  ): ReturnType<typeof describeDirectories> {
    const asked =
      topicPartitions === null
        ? [...this.#partitions.values()]
        : topicPartitions.flatMap((each) => this.#partitions.get(partitionKey(each)) ?? []);
    const open = (topicPartition: TopicPartition, topicId: string) => this.#logs.logFor(topicPartition, topicId);
    return describeDirectories(this.#environment, this.#logs, asked, open, futures);
  }

  /** The log of a replica that follows, opened on first use. KAFKA_STORAGE_ERROR. */
  openFollower(partition: Partition): PartitionLog | Refusal {
    return this.#guard(partition.topicPartition, () => {
      const log = partition.openedLog();
      if (isRefusal(log) || !log.isClosed) return log;
      return { errorCode: KAFKA_STORAGE_ERROR, message: `The log of ${partition.key} is closed` };
    });
  }

  /** Takes over what the leader answered a follower's fetch with. CORRUPT_MESSAGE for records that are damaged, KAFKA_STORAGE_ERROR. */
  takeFetched(partition: Partition, fetched: Fetched): Refusal | undefined {
    const before = partition.log.highWatermark;
    const result = this.#guard(partition.topicPartition, () => {
      takeFetched(partition.log, fetched, this.#environment.clock.wallMs());
      return {};
    });
    // Consumers may wait here too.
    if (partition.log.highWatermark !== before) this.#purgatory.changed(partition.key);
    return isRefusal(result) ? result : undefined;
  }

  /** Settles when all of a follower's log is on disk, or its disk failed. */
  async flush(partition: Partition): Promise<void> {
    try {
      await partition.log.flush();
    } catch (error) {
      this.#refusalFor(error, partition.topicPartition);
    }
  }

  /** A follower's log is outside of the leader's: begins anew where that begins, or ends where it ends. KAFKA_STORAGE_ERROR. */
  fitToLeader(partition: Partition, leader: LeaderRange): Refusal | undefined {
    const result = this.#guard(partition.topicPartition, () => {
      fitToLeader(partition.log, leader, this.#environment.clock.wallMs());
      return {};
    });
    return isRefusal(result) ? result : undefined;
  }

  /** Proposes ISRs without those that fell behind; to be asked every half of replica.lag.time.max.ms. */
  shrinkIsrs(): void {
    const nowMs = this.#environment.clock.monotonicMs();
    for (const partition of this.#partitions.values()) {
      partition.shrinkIsr(nowMs);
      // Who is outside of the ISR and fell behind is waited for no longer.
      this.#advance(partition);
    }
  }

  /** The controller's answer to a proposal. */
  isrConfirmed(proposal: IsrProposal, confirmed: ConfirmedIsr): void {
    const partition = this.#partitions.get(partitionKey(proposal.topicPartition));
    if (partition === undefined) return;
    partition.confirmIsr(proposal, confirmed);
    this.#advance(partition);
  }

  /** The controller will not take a broker of a proposal into the ISR now. */
  isrRefused(proposal: IsrProposal): void {
    this.#partitions.get(partitionKey(proposal.topicPartition))?.withdrawIsr(proposal);
  }

  /** What the replicas allow may have changed without a fetch or an append. */
  #advance(partition: Partition): void {
    if (partition.role !== "leader" || !partition.isReady) return;
    const nowMs = this.#environment.clock.monotonicMs();
    partition.growIsr(nowMs);
    const hasMoved = partition.advanceHighWatermark(nowMs);
    if (hasMoved) this.#purgatory.advanced(partition.key, partition.log.highWatermark, partition);
  }

  #tellDeleted(partition: Partition): void {
    this.#purgatory.advanced(deletionKey(partition.key), lowWatermark(partition, this.#image), KEPT);
  }

  /** The leader; for a consumer with a rack also a follower. */
  readable(
    topicPartition: TopicPartition,
    { rack, replicaId = -1 }: Pick<ReadOptions, "rack" | "replicaId">,
  ): Partition | Refusal {
    const partition = this.#partitions.get(partitionKey(topicPartition));
    if (rack === undefined || replicaId >= 0 || partition?.role !== "follower") return this.leader(topicPartition);
    const log = this.openFollower(partition);
    return isRefusal(log) ? log : partition;
  }

  #mayBeInSync(id: number, brokerEpoch: number): boolean {
    const broker = this.#image?.brokers.get(id);
    if (broker === undefined || broker.fenced || broker.inControlledShutdown) return false;
    return brokerEpoch === -1 || broker.epoch === brokerEpoch;
  }

  #applyPartition(image: MetadataImage, topicId: string, topicPartition: TopicPartition): void {
    const partitionImage = image.topicsById.get(topicId)?.partitions[topicPartition.partition];
    if (partitionImage === undefined) return;
    const key = partitionKey(topicPartition);
    let partition = this.#partitions.get(key);
    if (!partitionImage.replicas.includes(this.#nodeId)) {
      if (partition !== undefined) this.#stop(topicPartition, topicId);
      return;
    }
    if (partition === undefined || partition.topicId !== topicId) {
      partition = new Partition(topicPartition, topicId, this.#surroundings);
      this.#partitions.set(key, partition);
    }
    const { clock } = this.#environment;
    const taken = partition;
    const result = this.#guard(topicPartition, () => ({ applied: taken.apply(partitionImage, clock.monotonicMs()) }));
    if (!isRefusal(result) && result.applied !== "role") {
      if (result.applied === "replicas") this.#advance(partition);
      return;
    }
    if (partition.role === "leader") this.#purgatory.changed(key);
    else this.#failWaiters(key, NOT_LEADER_OR_FOLLOWER);
    this.#tell(topicPartition, partition.role, partition.leaderEpoch, topicId);
  }

  #stop(topicPartition: TopicPartition, topicId: string): void {
    const key = partitionKey(topicPartition);
    const partition = this.#partitions.get(key);
    if (partition === undefined || partition.topicId !== topicId) return;
    this.#partitions.delete(key);
    this.#logs.deleteLog(topicPartition);
    this.#failWaiters(key, this.#isKnown(topicPartition) ? NOT_LEADER_OR_FOLLOWER : UNKNOWN_TOPIC_OR_PARTITION);
    this.#tell(topicPartition, "none", partition.leaderEpoch, topicId);
  }

  #failWaiters(key: string, errorCode: number): void {
    this.#purgatory.failed(key, errorCode);
    this.#purgatory.failed(promiseKey(key), errorCode);
    this.#purgatory.failed(deletionKey(key), errorCode);
  }

  /** Directories of topics deleted while this broker was down. Metadata without any topic are more likely lost than empty: then nothing is touched. */
  #setStrayAside(image: MetadataImage): void {
    const stray = this.#logs
      .partitions()
      .filter((topicPartition) => !this.#partitions.has(partitionKey(topicPartition)));
    if (stray.length === 0) return;
    if (image.topicsById.size === 0) {
      this.#environment.log.warn(
        { partitions: stray.length },
        "the metadata name no topic, but there are partitions on disk; they are left alone",
      );
      return;
    }
    for (const topicPartition of stray) this.#logs.setAside(topicPartition);
  }

  #isKnown({ topic, partition }: TopicPartition): boolean {
    return this.#image?.topicsByName.get(topic)?.partitions[partition] !== undefined;
  }

  #tell(topicPartition: TopicPartition, role: Role, leaderEpoch: number, topicId: string): void {
    const { log } = this.#environment;
    if (log.debugOn) log.debug({ ...topicPartition, role, leaderEpoch }, "role changed");
    for (const listener of this.#listeners) listener(topicPartition, role, leaderEpoch, topicId);
  }

  #openLeader(partition: Partition): Partition | Refusal {
    return this.#guard(partition.topicPartition, () => {
      const log = partition.openedLog();
      if (isRefusal(log)) return log;
      return partition.isReady
        ? partition
        : { errorCode: KAFKA_STORAGE_ERROR, message: `The log of ${partition.key} is closed` };
    });
  }

  #guard<T extends object>(topicPartition: TopicPartition, work: () => T | Refusal): T | Refusal {
    try {
      return work();
    } catch (error) {
      return this.#refusalFor(error, topicPartition);
    }
  }

  #refusalFor(error: unknown, topicPartition: TopicPartition): Refusal {
    // Records that have to be decoded (search by time, markers) and cannot be.
    if (error instanceof WireError) return { errorCode: CORRUPT_MESSAGE, message: error.message };
    return this.#logs.refusalFor(error, this.#logs.directoryOf(topicPartition));
  }
}
