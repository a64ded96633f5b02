import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import type { AlterPartitionReassignments } from "../../wire/apis/alter-partition-reassignments.ts";
import {
  INVALID_REPLICA_ASSIGNMENT,
  INVALID_REPLICATION_FACTOR,
  NO_REASSIGNMENT_IN_PROGRESS,
  NONE,
  POLICY_VIOLATION,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import { changeRules, electionOf, type ControllerView } from "./broker-state.ts";
import type { PartitionImage, TopicImage } from "./image.ts";
import { REQUEST_RECORDS_MAX, type Decision, type NewMetadataRecord } from "./new-record.ts";
import { changePartition } from "./partition-change.ts";
import { isReassigning, reassigned, reverted } from "./reassignment.ts";
import { checkAssignment, initialDirectory } from "./replica-assignment.ts";

type Request = RequestOf<typeof AlterPartitionReassignments>;
type AskedPartition = Request["topics"][number]["partitions"][number];
/** The record of a partition that was asked for; without one where it is as asked already. */
type Change = { readonly record: NewMetadataRecord | undefined };

/**
 * Decides an AlterPartitionReassignments request (KIP-455): partitions set out for other replicas, or turn back. A reassignment ends, with a record of its
 * own, when its last new replica comes into sync; at once where all are.
 */
export function alterPartitionReassignments(
  view: ControllerView,
  request: Pick<Request, "topics" | "allowReplicationFactorChange">,
): Decision<ResponseInput<typeof AlterPartitionReassignments>> {
  const records: NewMetadataRecord[] = [];
  const { allowReplicationFactorChange } = request;
  const responses = request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map((asked) => {
      const isFull = records.length >= REQUEST_RECORDS_MAX;
      const change = isFull ? tooMany : changeOne(view, name, asked, allowReplicationFactorChange);
      if (isRefusal(change))
        return {
          partitionIndex: asked.partitionIndex,
          errorCode: change.errorCode,
          errorMessage: change.message ?? null,
        };
      if (change.record !== undefined) records.push(change.record);
      return { partitionIndex: asked.partitionIndex, errorCode: NONE, errorMessage: null };
    }),
  }));
  return { records, response: { errorCode: NONE, errorMessage: null, allowReplicationFactorChange, responses } };
}

const tooMany: Refusal = {
  errorCode: POLICY_VIOLATION,
  message: "Excessively large number of partitions per request.",
};

function changeOne(
  view: ControllerView,
  topicName: string,
  { partitionIndex, replicas }: AskedPartition,
  mayChangeFactor: boolean,
): Change | Refusal {
  const topic = view.image.topicsByName.get(topicName);
  if (topic === undefined)
    return { errorCode: UNKNOWN_TOPIC_OR_PARTITION, message: `Unable to find a topic named ${topicName}.` };
  const partition = topic.partitions[partitionIndex];
  if (partition === undefined)
    return {
      errorCode: UNKNOWN_TOPIC_OR_PARTITION,
      message: `Unable to find partition ${topicName}:${partitionIndex}.`,
    };
  if (replicas === null) return cancel(view, topic, partition);
  const wrong = checkAssignment(view.image, replicas, undefined);
  if (wrong !== undefined) return wrong;
  const factor = replicationFactor(partition);
  if (!mayChangeFactor && replicas.length !== factor)
    return {
      errorCode: INVALID_REPLICATION_FACTOR,
      message: `The replication factor is changed from ${factor} to ${replicas.length}`,
    };
  const record = changePartition({
    topicId: topic.id,
    partition,
    assignment: {
      ...reassigned(partition, replicas),
      directoryOf: (broker) => initialDirectory(view.image, broker),
    },
    election: "online",
    ...changeRules(view, topic.name),
  });
  return { record };
}

function cancel(view: ControllerView, topic: TopicImage, partition: PartitionImage): Change | Refusal {
  if (!isReassigning(partition)) return { errorCode: NO_REASSIGNMENT_IN_PROGRESS };
  const { assignment, isr, unclean } = reverted(partition);
  const election = electionOf(view, topic.name);
  if (unclean && election !== "unclean")
    return {
      errorCode: INVALID_REPLICA_ASSIGNMENT,
      message: `Unable to revert partition assignment for ${topic.name}:${partition.partition} because it would require an unclean leader election.`,
    };
  const record = changePartition({
    topicId: topic.id,
    partition,
    isr,
    assignment: { ...assignment, directoryOf: (broker) => initialDirectory(view.image, broker) },
    election,
    ...changeRules(view, topic.name),
  });
  return { record };
}

/** Of the partition once a reassignment on its way is over. */
function replicationFactor({ replicas, removingReplicas }: PartitionImage): number {
  return replicas.filter((replica) => !removingReplicas.includes(replica)).length;
}
