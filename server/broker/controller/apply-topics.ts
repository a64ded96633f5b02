import assert from "node:assert/strict";
import type { MetadataRecord } from "../../wire/records/metadata/table.ts";
import { type MutableChanges, touchPartition } from "./changes.ts";
import { DirectoryId } from "./directory-id.ts";
import { configKey, TOPIC_RESOURCE, type MutableImage, type PartitionImage, type TopicImage } from "./image.ts";

/** The records of topics and their partitions. */
export type TopicRecords = Extract<
  MetadataRecord,
  {
    readonly name: "TopicRecord" | "PartitionRecord" | "PartitionChangeRecord" | "RemoveTopicRecord" | "ClearElrRecord";
  }
>;
type PartitionValue = Extract<MetadataRecord, { readonly name: "PartitionRecord" }>["value"];
/** What a PartitionChangeRecord says. */
export type PartitionChangeValue = Extract<MetadataRecord, { readonly name: "PartitionChangeRecord" }>["value"];

/** `leader` of a PartitionChangeRecord that leaves the leader as it is. */
export const NO_LEADER_CHANGE = -2;

/** Applies a record of topics; see `apply`. */
export function applyTopic(image: MutableImage, record: TopicRecords, changes: MutableChanges): void {
  switch (record.name) {
    case "TopicRecord": {
      const { name, topicId: id } = record.value;
      assert(!image.topicsByName.has(name), "a new topic's name is free");
      put(image, { name, id, partitions: [] });
      changes.topicsCreated.add(id);
      return;
    }
    case "PartitionRecord":
      return setPartition(image, record.value.topicId, partitionOfRecord(record.value), changes);
    case "PartitionChangeRecord": {
      const { topicId, partitionId } = record.value;
      const before = topicOf(image, topicId).partitions[partitionId];
      assert(before !== undefined, "a changed partition exists");
      return setPartition(image, topicId, mergePartition(before, record.value), changes);
    }
    case "RemoveTopicRecord":
      return removeTopic(image, record.value.topicId, changes);
    case "ClearElrRecord":
      for (const topic of image.topicsByName.values())
        if (record.value.topicName === "" || record.value.topicName === topic.name) clearElr(image, topic, changes);
  }
}

/** A partition after a change (PartitionRegistration.merge): each one counts the partition epoch, a leader named counts the leader epoch. */
export function mergePartition(before: PartitionImage, change: PartitionChangeValue): PartitionImage {
  const hasLeader = change.leader !== NO_LEADER_CHANGE;
  const replicas = change.replicas ?? before.replicas;
  // Field by field: a spread of all takes most of the time of replaying a large log.
  return {
    partition: before.partition,
    replicas,
    directories: change.directories ?? directoriesFor(before, replicas),
    isr: change.isr ?? before.isr,
    removingReplicas: change.removingReplicas ?? before.removingReplicas,
    addingReplicas: change.addingReplicas ?? before.addingReplicas,
    eligibleLeaderReplicas: change.eligibleLeaderReplicas ?? before.eligibleLeaderReplicas,
    lastKnownElr: change.lastKnownElr ?? before.lastKnownElr,
    leader: hasLeader ? change.leader : before.leader,
    leaderEpoch: hasLeader ? before.leaderEpoch + 1 : before.leaderEpoch,
    leaderRecoveryState: change.leaderRecoveryState === -1 ? before.leaderRecoveryState : change.leaderRecoveryState,
    partitionEpoch: before.partitionEpoch + 1,
  };
}

function directoriesFor(before: PartitionImage, replicas: readonly number[]): readonly string[] {
  if (replicas === before.replicas) return before.directories;
  return replicas.map((replica) => before.directories[before.replicas.indexOf(replica)] ?? DirectoryId.unassigned);
}

function partitionOfRecord(value: PartitionValue): PartitionImage {
  const { partitionId, replicas, directories, isr, removingReplicas, addingReplicas } = value;
  const { leader, leaderEpoch, partitionEpoch, leaderRecoveryState } = value;
  return {
    partition: partitionId,
    replicas,
    directories: directories.length === replicas.length ? directories : replicas.map(() => DirectoryId.migrating),
    isr,
    removingReplicas,
    addingReplicas,
    eligibleLeaderReplicas: value.eligibleLeaderReplicas ?? [],
    lastKnownElr: value.lastKnownElr ?? [],
    leader,
    leaderEpoch,
    partitionEpoch,
    leaderRecoveryState,
  };
}

function topicOf(image: MutableImage, id: string): TopicImage {
  const topic = image.topicsById.get(id);
  assert(topic !== undefined, "a record of a partition follows its topic's");
  return topic;
}

function put(image: MutableImage, topic: TopicImage): void {
  image.topicsByName.set(topic.name, topic);
  image.topicsById.set(topic.id, topic);
}

/** Copies a topic's partitions once for a run of records: a topic of thousands would else be copied thousands of times. */
function setPartition(image: MutableImage, topicId: string, partition: PartitionImage, changes: MutableChanges): void {
  const topic = topicOf(image, topicId);
  assert(partition.partition >= 0 && partition.partition <= topic.partitions.length, "partitions come in order");
  let partitions = changes.ownPartitions.get(topicId);
  if (partitions === undefined) {
    partitions = [...topic.partitions];
    changes.ownPartitions.set(topicId, partitions);
    put(image, { ...topic, partitions });
  }
  partitions[partition.partition] = partition;
  touchPartition(changes, topicId, partition.partition);
}

function removeTopic(image: MutableImage, id: string, changes: MutableChanges): void {
  const topic = topicOf(image, id);
  image.topicsByName.delete(topic.name);
  image.topicsById.delete(id);
  const resource = { type: TOPIC_RESOURCE, name: topic.name };
  if (image.configs.delete(configKey(resource))) changes.configs.set(configKey(resource), resource);
  changes.partitions.delete(id);
  changes.ownPartitions.delete(id);
  // A topic that came and went within the same changes never was for whoever reads them.
  if (!changes.topicsCreated.delete(id)) changes.topicsDeleted.set(id, topic);
}

function clearElr(image: MutableImage, topic: TopicImage, changes: MutableChanges): void {
  for (const partition of topic.partitions) {
    if (partition.eligibleLeaderReplicas.length === 0 && partition.lastKnownElr.length === 0) continue;
    setPartition(image, topic.id, { ...partition, eligibleLeaderReplicas: [], lastKnownElr: [] }, changes);
  }
}
