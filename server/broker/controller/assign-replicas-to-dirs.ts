import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import type { AssignReplicasToDirs } from "../../wire/apis/assign-replicas-to-dirs.ts";
import {
  BROKER_ID_NOT_REGISTERED,
  NONE,
  NOT_LEADER_OR_FOLLOWER,
  STALE_BROKER_EPOCH,
  UNKNOWN_TOPIC_ID,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import { PartitionChangeRecord } from "../../wire/records/metadata/partition-change-record.ts";
import type { ControllerView } from "./broker-state.ts";
import { newRecord, type Decision, type NewMetadataRecord } from "./new-record.ts";

type Request = RequestOf<typeof AssignReplicasToDirs>;
type Response = ResponseInput<typeof AssignReplicasToDirs>;

/** Decides an AssignReplicasToDirs request (KIP-858): notes in which of its log directories a broker keeps its replicas. */
export function assignReplicasToDirs(view: ControllerView, request: Request): Decision<Response> {
  const broker = view.image.brokers.get(request.brokerId);
  if (broker === undefined) return { records: [], response: { errorCode: BROKER_ID_NOT_REGISTERED } };
  if (broker.epoch !== request.brokerEpoch) return { records: [], response: { errorCode: STALE_BROKER_EPOCH } };
  const records: NewMetadataRecord[] = [];
  const directories = request.directories.map(({ id, topics }) => ({
    id,
    topics: topics.map(({ topicId, partitions }) => ({
      topicId,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: assignOne(view, { broker: broker.id, directory: id, topicId, partitionIndex }, records),
      })),
    })),
  }));
  return { records, response: { errorCode: NONE, directories } };
}

type Assignment = {
  readonly broker: number;
  readonly directory: string;
  readonly topicId: string;
  readonly partitionIndex: number;
};

function assignOne(view: ControllerView, assignment: Assignment, records: NewMetadataRecord[]): number {
  const topic = view.image.topicsById.get(assignment.topicId);
  if (topic === undefined) return UNKNOWN_TOPIC_ID;
  const partition = topic.partitions[assignment.partitionIndex];
  if (partition === undefined) return UNKNOWN_TOPIC_OR_PARTITION;
  const at = partition.replicas.indexOf(assignment.broker);
  if (at < 0) return NOT_LEADER_OR_FOLLOWER;
  if (partition.directories[at] === assignment.directory) return NONE;
  const directories = partition.directories.map((directory, index) =>
    index === at ? assignment.directory : directory,
  );
  records.push(newRecord(PartitionChangeRecord, { topicId: topic.id, partitionId: partition.partition, directories }));
  return NONE;
}
