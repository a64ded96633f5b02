import type { CommittedOffset } from "./committed-offset.ts";
import type { OffsetCommitRecord } from "./group-record.ts";
import type { RecordPlace } from "./machine.ts";

/** A committed offset with the place of its record, which decides between transactional and plain commits of one partition. */
export type StoredOffset = { readonly committed: CommittedOffset; readonly recordOffset: number };

/** Offsets of one group by topic and partition. */
export type OffsetsByTopic = ReadonlyMap<string, ReadonlyMap<number, StoredOffset>>;

type MutableOffsetsByTopic = Map<string, Map<number, StoredOffset>>;

const NO_OFFSETS: OffsetsByTopic = new Map();

/** The offsets that the groups of a shard committed, and those of transactions that have not ended (Kafka's OffsetMetadataManager). */
export class OffsetStore {
  private readonly committed = new Map<string, MutableOffsetsByTopic>();
  /** By producer id, then group. */
  private readonly pending = new Map<number, Map<string, MutableOffsetsByTopic>>();

  /** Ids of the groups that have offsets or open transactions, each once. */
  groupIds(): Set<string> {
    const ids = new Set(this.committed.keys());
    for (const groups of this.pending.values()) for (const groupId of groups.keys()) ids.add(groupId);
    return ids;
  }

  /** The offsets that count. */
  ofGroup(groupId: string): OffsetsByTopic {
    return this.committed.get(groupId) ?? NO_OFFSETS;
  }

  /** The offset that counts. */
  find(groupId: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.committed.get(groupId)?.get(topic)?.get(partition)?.committed;
  }

  /** Whether a transaction that has not ended commits an offset for the partition. */
  hasPending(groupId: string, topic: string, partition: number): boolean {
    for (const groups of this.pending.values()) {
      if (groups.get(groupId)?.get(topic)?.has(partition) === true) return true;
    }
    return false;
  }

  /** Whether a transaction that has not ended commits any offset of the group. */
  hasAnyPending(groupId: string): boolean {
    for (const groups of this.pending.values()) if (groups.has(groupId)) return true;
    return false;
  }

  /** The partitions of a group with offsets in open transactions, each once for a transaction. */
  *pendingOf(groupId: string): Generator<{ topic: string; partition: number; committed: CommittedOffset }, void, void> {
    for (const groups of this.pending.values()) {
      for (const [topic, partitions] of groups.get(groupId) ?? NO_OFFSETS) {
        for (const [partition, { committed }] of partitions) yield { topic, partition, committed };
      }
    }
  }

  /** Takes a record in, as `apply` says. */
  apply(record: OffsetCommitRecord, place: RecordPlace): void {
    const { groupId, topic, partition, value } = record;
    if (value === null) {
      remove(this.committed, groupId, topic, partition);
      for (const [producerId, groups] of this.pending) {
        remove(groups, groupId, topic, partition);
        if (groups.size === 0) this.pending.delete(producerId);
      }
      return;
    }
    const stored: StoredOffset = { committed: value, recordOffset: place.offset };
    if (place.producerId === -1) return put(this.committed, groupId, topic, partition, stored);
    let groups = this.pending.get(place.producerId);
    if (groups === undefined) this.pending.set(place.producerId, (groups = new Map()));
    put(groups, groupId, topic, partition, stored);
  }

  /**
   * Takes the marker in that ends a producer's transaction. A committed offset counts unless a later plain commit is there: after
   * compaction the order of the log alone does not tell (KAFKA-4631).
   */
  endTransaction(producerId: number, isCommitted: boolean): void {
    const groups = this.pending.get(producerId);
    this.pending.delete(producerId);
    if (groups === undefined || !isCommitted) return;
    for (const [groupId, topics] of groups) {
      for (const [topic, partitions] of topics) {
        for (const [partition, stored] of partitions) {
          const present = this.committed.get(groupId)?.get(topic)?.get(partition);
          if (present === undefined || stored.recordOffset > present.recordOffset)
            put(this.committed, groupId, topic, partition, stored);
        }
      }
    }
  }
}

function put(
  groups: Map<string, MutableOffsetsByTopic>,
  groupId: string,
  topic: string,
  partition: number,
  stored: StoredOffset,
): void {
  let topics = groups.get(groupId);
  if (topics === undefined) groups.set(groupId, (topics = new Map()));
  let partitions = topics.get(topic);
  if (partitions === undefined) topics.set(topic, (partitions = new Map()));
  partitions.set(partition, stored);
}

function remove(groups: Map<string, MutableOffsetsByTopic>, groupId: string, topic: string, partition: number): void {
  const topics = groups.get(groupId);
  const partitions = topics?.get(topic);
  if (topics === undefined || partitions === undefined) return;
  partitions.delete(partition);
  if (partitions.size === 0) topics.delete(topic);
  if (topics.size === 0) groups.delete(groupId);
}
