import type { Environment } from "../../environment/environment.ts";
import type { MetadataChanges } from "../controller/changes.ts";
import type { MetadataImage } from "../controller/image.ts";
import type { AppendedBatch, AppendOrigin, AppendRefusal } from "../log/append.ts";
import type { Offset } from "../log/log-config.ts";
import type { LogManager } from "../log/log-manager.ts";
import type { AbortedTransaction } from "../log/partition-log.ts";
import type { Refusal } from "../refusal.ts";
import type { TopicPartition } from "../topic-partition.ts";
import type { Partition } from "./partition.ts";
import type { Cancel } from "./purgatory.ts";

/** Undoes a registration; harmless when it is over. */
export type { Cancel } from "./purgatory.ts";

/** What this broker became for a partition; "none": deleted or moved away. */
export type Role = "leader" | "follower" | "none";
/** `topicId` tells a topic from one made again under its name. */
export type LeaderChangeListener = (topicPartition: TopicPartition, role: Role, leaderEpoch: number, topicId: string) => void;

export type ReplicaManagerOptions = { readonly nodeId: number; readonly logs: LogManager };

/** Produce to one partition. `acks` decides whether min.insync.replicas is asked for. */
export type ProduceOptions = {
  readonly acks: -1 | 0 | 1;
  readonly origin: AppendOrigin;
  readonly apiVersion?: number;
  /** Checked when given: 74 / 75. */
  readonly currentLeaderEpoch?: number;
};
export type ProducedBatch = AppendedBatch & { readonly logStartOffset: Offset };

/** Which records a reader may see: up to the high watermark, or up to the last stable offset. */
export type Isolation = "uncommitted" | "committed";

export type ReadOptions = {
  readonly fetchOffset: Offset;
  readonly maxBytes: number;
  readonly atLeastOneBatch: boolean;
  readonly isolation: Isolation;
  /** -1 or absent: no check. */
  readonly currentLeaderEpoch?: number;
  /** Epoch of the last record the fetcher has; -1 or absent: no check (KIP-595). */
  readonly lastFetchedEpoch?: number;
  /** Broker id of a follower; absent or -1 for consumers. */
  readonly replicaId?: number;
  /** Log start offset of the follower. */
  readonly followerLogStartOffset?: Offset;
  /** Version of Fetch, for topics with zstd; absent: newest. */
  readonly apiVersion?: number;
};

/** A partition's part of a Fetch response. On an error all offsets are -1 and `records` is empty. */
export type PartitionRead = {
  readonly errorCode: number;
  readonly highWatermark: Offset;
  readonly lastStableOffset: Offset;
  readonly logStartOffset: Offset;
  readonly records: Uint8Array;
  /** Only for isolation "committed"; else null, as Kafka answers. */
  readonly abortedTransactions: readonly AbortedTransaction[] | null;
  /** The fetcher has to truncate: largest common epoch and its end. */
  readonly divergingEpoch?: { readonly epoch: number; readonly endOffset: Offset };
  /** For `current_leader` on errors 6 and 74; -1 when unknown. */
  readonly currentLeader: { readonly leaderId: number; readonly leaderEpoch: number };
};

/** ListOffsets of one partition. Timestamps -1 to -6 as in Kafka's protocol; `version` is the request's. */
export type ListOffsetQuery = {
  readonly timestamp: number;
  readonly isolation: Isolation;
  readonly currentLeaderEpoch?: number;
  readonly version: number;
  /** Broker id of a follower that asks, which may see up to the log end. */
  readonly replicaId?: number;
};
export type ListedOffset = { readonly errorCode: number; readonly offset: Offset; readonly timestamp: number; readonly leaderEpoch: number };

export type EpochEnd = { readonly errorCode: number; readonly leaderEpoch: number; readonly endOffset: Offset };
export type DeletedRecords = { readonly errorCode: number; readonly lowWatermark: Offset };

/** DescribeLogDirs: one entry a directory. */
export type LogDirDescription = {
  readonly errorCode: number;
  readonly path: string;
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partition: number; readonly sizeBytes: number; readonly offsetLag: number; readonly isFuture: boolean }[];
  }[];
  readonly totalBytes: number;
  readonly usableBytes: number;
};

/** The partitions that this broker holds. */
export declare class ReplicaManager {
  constructor(environment: Environment, options: ReplicaManagerOptions);
  /** Called for each batch of metadata, with the image after it; the first call gets all partitions as changes. */
  applyMetadata(image: MetadataImage, changes: MetadataChanges): void;
  /** Called in the step that changed the role, after the partition took it. */
  onLeaderChange(listener: LeaderChangeListener): void;
  /** UNKNOWN_TOPIC_OR_PARTITION, NOT_LEADER_OR_FOLLOWER or KAFKA_STORAGE_ERROR. */
  leader(topicPartition: TopicPartition): Partition | Refusal;
  append(topicPartition: TopicPartition, records: Uint8Array, options: ProduceOptions): ProducedBatch | AppendRefusal;
  /** Calls `done(0)` once the high watermark reached `requiredOffset`, else with an error code; at once (before it returns) when that holds already. */
  awaitReplication(topicPartition: TopicPartition, requiredOffset: Offset, deadlineMs: number, done: (errorCode: number) => void): Cancel;
  read(topicPartition: TopicPartition, options: ReadOptions): PartitionRead;
  availableBytes(topicPartition: TopicPartition, fetchOffset: Offset, isolation: Isolation): number;
  /** Calls `wake` once, in a later step, after the next append, high watermark, log start, leader change or deletion of any of these. */
  watch(topicPartitions: readonly TopicPartition[], wake: () => void): Cancel;
  listOffset(topicPartition: TopicPartition, query: ListOffsetQuery): ListedOffset;
  offsetForLeaderEpoch(topicPartition: TopicPartition, query: { readonly leaderEpoch: number; readonly currentLeaderEpoch?: number }): EpochEnd;
  /** `offset` -1 is the high watermark. */
  deleteRecords(topicPartition: TopicPartition, offset: Offset): DeletedRecords;
  /** Null: all. */
  describeLogDirs(topicPartitions: readonly TopicPartition[] | null): LogDirDescription[];
}
