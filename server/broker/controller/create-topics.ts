import type { Random } from "../../environment/environment.ts";
import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import type { CreateTopics } from "../../wire/apis/create-topics.ts";
import {
  INVALID_CONFIG,
  INVALID_PARTITIONS,
  INVALID_REPLICA_ASSIGNMENT,
  INVALID_REPLICATION_FACTOR,
  INVALID_REQUEST,
  INVALID_TOPIC_EXCEPTION,
  NONE,
  POLICY_VIOLATION,
  TOPIC_ALREADY_EXISTS,
} from "../../wire/errors.ts";
import { ConfigRecord } from "../../wire/records/metadata/config-record.ts";
import { PartitionRecord } from "../../wire/records/metadata/partition-record.ts";
import { TopicRecord } from "../../wire/records/metadata/topic-record.ts";
import { describeTopicSettings } from "../config/describe-configs.ts";
import { validateTopicConfigs } from "../config/validate-configs.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import type { ControllerView } from "./broker-state.ts";
import type { MutationQuota } from "./mutation-quotas.ts";
import { TOPIC_RESOURCE } from "./image.ts";
import { newRecord, REQUEST_RECORDS_MAX, type Decision, type NewMetadataRecord } from "./new-record.ts";
import { placeReplicas } from "./place-replicas.ts";
import { checkAssignment, initialDirectory, initialIsr } from "./replica-assignment.ts";
import { checkTopicName, collisionKey } from "./topic-name.ts";

type Request = RequestOf<typeof CreateTopics>;
type NewTopic = Request["topics"][number];
type TopicAnswer = NonNullable<ResponseInput<typeof CreateTopics>["topics"]>[number];
/** A topic that may be created: its settings and the replicas and in-sync replicas of each partition. */
type Plan = {
  readonly configs: ReadonlyMap<string, string>;
  readonly partitions: readonly { readonly replicas: readonly number[]; readonly isr: readonly number[] }[];
};

/** Decides a CreateTopics request. Topics are independent: one that is refused does not keep the others from being made. */
export function createTopics(
  view: ControllerView,
  request: Pick<Request, "topics" | "validateOnly">,
  random: Random,
  quota?: MutationQuota,
): Decision<readonly TopicAnswer[]> {
  const counts = new Map<string, number>();
  for (const { name } of request.topics) counts.set(name, (counts.get(name) ?? 0) + 1);
  const collisions = new Map<string, string>();
  for (const name of view.image.topicsByName.keys()) collisions.set(collisionKey(name), name);
  const records: NewMetadataRecord[] = [];
  const response: TopicAnswer[] = [];
  for (const topic of request.topics) {
    const refusal = (counts.get(topic.name) ?? 0) > 1 ? duplicate : checkName(view, topic.name, collisions);
    if (refusal === duplicate && response.some((answer) => answer.name === topic.name)) continue;
    const asked = refusal ?? planTopic(view, topic, random);
    const plan = isRefusal(asked) ? asked : (quota?.take(asked.partitions.length) ?? asked);
    if (isRefusal(plan)) {
      response.push({ name: topic.name, errorCode: plan.errorCode, errorMessage: plan.message ?? null });
      continue;
    }
    const topicId = random.uuid();
    const added = recordsOf(view, topic.name, topicId, plan);
    if (records.length + added.length > REQUEST_RECORDS_MAX) {
      response.push({ name: topic.name, errorCode: tooMany.errorCode, errorMessage: tooMany.message ?? null });
      continue;
    }
    if (!request.validateOnly) records.push(...added);
    response.push(accepted(view, topic.name, topicId, plan));
  }
  return { records, response };
}

const duplicate: Refusal = { errorCode: INVALID_REQUEST, message: "Duplicate topic name." };
const tooMany: Refusal = {
  errorCode: POLICY_VIOLATION,
  message: "Excessively large number of partitions per request.",
};

function checkName(view: ControllerView, name: string, collisions: ReadonlyMap<string, string>): Refusal | undefined {
  const invalid = checkTopicName(name);
  if (invalid !== undefined) return invalid;
  if (view.image.topicsByName.has(name))
    return { errorCode: TOPIC_ALREADY_EXISTS, message: `Topic '${name}' already exists.` };
  const other = collisions.get(collisionKey(name));
  if (other === undefined) return undefined;
  return { errorCode: INVALID_TOPIC_EXCEPTION, message: `Topic '${name}' collides with existing topic: ${other}` };
}

function planTopic(view: ControllerView, topic: NewTopic, random: Random): Plan | Refusal {
  const configs = configsOfRequest(topic);
  if (isRefusal(configs)) return configs;
  const partitions = topic.assignments.length > 0 ? assigned(view, topic) : placed(view, topic, random);
  return isRefusal(partitions) ? partitions : { configs, partitions };
}

function configsOfRequest(topic: NewTopic): ReadonlyMap<string, string> | Refusal {
  const configs = new Map<string, string>();
  const nulls: string[] = [];
  for (const { name, value } of topic.configs) {
    if (value === null) nulls.push(name);
    else configs.set(name, value);
  }
  if (nulls.length > 0)
    return { errorCode: INVALID_CONFIG, message: `Null value not supported for topic configs: ${nulls.join(",")}` };
  return validateTopicConfigs(configs) ?? configs;
}

/** Replicas as the request lists them. */
function assigned(view: ControllerView, topic: NewTopic): Plan["partitions"] | Refusal {
  if (topic.replicationFactor !== -1)
    return {
      errorCode: INVALID_REQUEST,
      message: "A manual partition assignment was specified, but replication factor was not set to -1.",
    };
  if (topic.numPartitions !== -1)
    return {
      errorCode: INVALID_REQUEST,
      message: "A manual partition assignment was specified, but numPartitions was not set to -1.",
    };
  const partitions: { replicas: readonly number[]; isr: readonly number[] }[] = [];
  const byIndex = [...topic.assignments].sort((a, b) => a.partitionIndex - b.partitionIndex);
  for (const [index, { partitionIndex, brokerIds: replicas }] of byIndex.entries()) {
    if (byIndex[index - 1]?.partitionIndex === partitionIndex)
      return {
        errorCode: INVALID_REPLICA_ASSIGNMENT,
        message: `Found multiple manual partition assignments for partition ${partitionIndex}`,
      };
    const wrong = checkAssignment(view.image, replicas, partitions[0]?.replicas.length);
    if (wrong !== undefined) return wrong;
    const isr = initialIsr(view.image, replicas, partitionIndex);
    if (isRefusal(isr)) return isr;
    partitions.push({ replicas, isr });
  }
  if (byIndex.some(({ partitionIndex }, index) => partitionIndex !== index))
    return {
      errorCode: INVALID_REPLICA_ASSIGNMENT,
      message: "partitions should be a consecutive 0-based integer sequence",
    };
  return partitions;
}

/** Replicas where the controller puts them. */
function placed(view: ControllerView, topic: NewTopic, random: Random): Plan["partitions"] | Refusal {
  const { numPartitions, replicationFactor } = topic;
  if (replicationFactor < -1 || replicationFactor === 0)
    return {
      errorCode: INVALID_REPLICATION_FACTOR,
      message: "Replication factor must be larger than 0, or -1 to use the default value.",
    };
  if (numPartitions < -1 || numPartitions === 0)
    return {
      errorCode: INVALID_PARTITIONS,
      message: "Number of partitions was set to an invalid non-positive value.",
    };
  const count = numPartitions === -1 ? view.config.get("num.partitions") : numPartitions;
  if (count > REQUEST_RECORDS_MAX) return tooMany;
  const factor = replicationFactor === -1 ? view.config.get("default.replication.factor") : replicationFactor;
  const placements = placeReplicas(view.image.brokers.values(), { count, replicationFactor: factor }, random);
  if (isRefusal(placements)) return placements;
  const partitions: { replicas: readonly number[]; isr: readonly number[] }[] = [];
  for (const [partition, replicas] of placements.entries()) {
    const isr = initialIsr(view.image, replicas, partition);
    if (isRefusal(isr))
      return { errorCode: INVALID_REPLICATION_FACTOR, ...(isr.message === undefined ? {} : { message: isr.message }) };
    partitions.push({ replicas, isr });
  }
  return partitions;
}

/** Topic, its settings, its partitions: in Kafka's order. */
function recordsOf(view: ControllerView, name: string, topicId: string, plan: Plan): readonly NewMetadataRecord[] {
  const records = [newRecord(TopicRecord, { name, topicId })];
  for (const [config, value] of plan.configs)
    records.push(newRecord(ConfigRecord, { resourceType: TOPIC_RESOURCE, resourceName: name, name: config, value }));
  for (const [partitionId, { replicas, isr }] of plan.partitions.entries())
    records.push(newPartitionRecord(view, { topicId, partitionId, replicas, isr }));
  return records;
}

/** The record of a partition that did not exist before: the first in-sync replica leads. */
export function newPartitionRecord(
  view: ControllerView,
  partition: {
    readonly topicId: string;
    readonly partitionId: number;
    readonly replicas: readonly number[];
    readonly isr: readonly number[];
  },
): NewMetadataRecord {
  const { replicas, isr } = partition;
  return newRecord(PartitionRecord, {
    ...partition,
    leader: isr[0] ?? -1,
    leaderEpoch: 0,
    partitionEpoch: 0,
    directories: replicas.map((broker) => initialDirectory(view.image, broker)),
  });
}

/** As Kafka, gives an id also to a topic that is only checked. */
function accepted(view: ControllerView, name: string, topicId: string, plan: Plan): TopicAnswer {
  return {
    name,
    topicId,
    errorCode: NONE,
    errorMessage: null,
    numPartitions: plan.partitions.length,
    replicationFactor: plan.partitions[0]?.replicas.length ?? -1,
    configs: describeTopicSettings(plan.configs, view.config).map((entry) => ({
      name: entry.name,
      value: entry.value,
      readOnly: entry.readOnly,
      configSource: entry.source,
      isSensitive: entry.sensitive,
    })),
  };
}
