import type { Random } from "../../environment/environment.ts";
import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import type { CreatePartitions } from "../../wire/apis/create-partitions.ts";
import {
  INVALID_PARTITIONS,
  INVALID_REPLICA_ASSIGNMENT,
  INVALID_REQUEST,
  NONE,
  POLICY_VIOLATION,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import type { ControllerView } from "./broker-state.ts";
import type { MutationQuota } from "./mutation-quotas.ts";
import { newPartitionRecord } from "./create-topics.ts";
import type { TopicImage } from "./image.ts";
import { REQUEST_RECORDS_MAX, type Decision, type NewMetadataRecord } from "./new-record.ts";
import { placeReplicas } from "./place-replicas.ts";
import { checkAssignment, initialIsr } from "./replica-assignment.ts";

type Request = RequestOf<typeof CreatePartitions>;
type AskedTopic = Request["topics"][number];
type Answer = NonNullable<ResponseInput<typeof CreatePartitions>["results"]>[number];

/** Decides a CreatePartitions request (KIP-195): topics only grow. */
export function createPartitions(
  view: ControllerView,
  request: Pick<Request, "topics" | "validateOnly">,
  random: Random,
  quota?: MutationQuota,
): Decision<readonly Answer[]> {
  const names = request.topics.map((topic) => topic.name);
  const records: NewMetadataRecord[] = [];
  const response: Answer[] = [];
  for (const asked of request.topics) {
    if (response.some((answer) => answer.name === asked.name)) continue;
    const isTwice = names.indexOf(asked.name) !== names.lastIndexOf(asked.name);
    const grown = isTwice
      ? { errorCode: INVALID_REQUEST, message: "Duplicate topic name." }
      : growTopic(view, asked, random, REQUEST_RECORDS_MAX - records.length);
    const added = isRefusal(grown) ? grown : (quota?.take(grown.length) ?? grown);
    if (isRefusal(added)) {
      response.push({ name: asked.name, errorCode: added.errorCode, errorMessage: added.message ?? null });
      continue;
    }
    if (!request.validateOnly) records.push(...added);
    response.push({ name: asked.name, errorCode: NONE });
  }
  return { records, response };
}

function growTopic(
  view: ControllerView,
  asked: AskedTopic,
  random: Random,
  recordsMax: number,
): readonly NewMetadataRecord[] | Refusal {
  const topic = view.image.topicsByName.get(asked.name);
  if (topic === undefined) return { errorCode: UNKNOWN_TOPIC_OR_PARTITION };
  const present = topic.partitions.length;
  if (asked.count === present)
    return { errorCode: INVALID_PARTITIONS, message: `Topic already has ${present} partition(s).` };
  if (asked.count < present)
    return {
      errorCode: INVALID_PARTITIONS,
      message: `The topic ${asked.name} currently has ${present} partition(s); ${asked.count} would not be an increase.`,
    };
  const additional = asked.count - present;
  if (additional > recordsMax)
    return { errorCode: POLICY_VIOLATION, message: "Excessively large number of partitions per request." };
  const placements = placementsOf(view, topic, asked, random);
  if (isRefusal(placements)) return placements;
  const records: NewMetadataRecord[] = [];
  for (const [index, replicas] of placements.entries()) {
    const partitionId = present + index;
    const isr = initialIsr(view.image, replicas, partitionId);
    if (isRefusal(isr)) return isr;
    records.push(newPartitionRecord(view, { topicId: topic.id, partitionId, replicas, isr }));
  }
  return records;
}

function placementsOf(
  view: ControllerView,
  topic: TopicImage,
  asked: AskedTopic,
  random: Random,
): readonly (readonly number[])[] | Refusal {
  const count = asked.count - topic.partitions.length;
  const replicationFactor = topic.partitions[0]?.replicas.length ?? view.config.get("default.replication.factor");
  if (asked.assignments === null)
    return placeReplicas(view.image.brokers.values(), { count, replicationFactor }, random);
  const placements = asked.assignments.map((assignment) => assignment.brokerIds);
  if (placements.length !== count)
    return {
      errorCode: INVALID_REPLICA_ASSIGNMENT,
      message: `Attempted to add ${count} additional partition(s), but only ${placements.length} assignment(s) were specified.`,
    };
  for (const replicas of placements) {
    const wrong = checkAssignment(view.image, replicas, replicationFactor);
    if (wrong !== undefined) return wrong;
  }
  return placements;
}
