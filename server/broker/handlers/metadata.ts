import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import { Metadata } from "../../wire/apis/metadata.ts";
import {
  INVALID_TOPIC_EXCEPTION,
  NONE,
  TOPIC_AUTHORIZATION_FAILED,
  UNKNOWN_TOPIC_ID,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import { ZERO_UUID } from "../../wire/uuid.ts";
import type { TopicImage } from "../controller/image.ts";
import { authorizedOperations, OPERATIONS_NOT_ASKED } from "../network/authorizer.ts";
import { handler } from "../network/handler.ts";
import { inSlices, type SlicedWork } from "../network/in-slices.ts";
import type { Refusal } from "../refusal.ts";
import { endpointOf, type NodeEndpoint } from "./leader-hint.ts";
import { describePartition, isInternalTopic, type DescribedPartition, type MetadataErrors } from "./metadata-topics.ts";
import { type BrokerContext, deadlineIn } from "./services.ts";

type Request = RequestOf<typeof Metadata>;
type TopicAnswer = {
  errorCode: number;
  name: string | null;
  topicId: string;
  isInternal: boolean;
  partitions: readonly DescribedPartition[];
  topicAuthorizedOperations: number;
};
/** One topic that is asked for, by name or by id. */
type Asked = { readonly name: string | null; readonly topicId: string };

/** How long an answer waits for topics that it makes; then they are told as missing and the client asks again. */
const AUTO_CREATION_TIMEOUT_MS = 5_000;

/** Tells brokers, topics and leaders, as clients of the listener see them; makes missing topics where that is allowed. */
export const metadata = handler(Metadata, (request, context: BrokerContext, reply) => {
  const asked = askedTopics(request, context);
  const missing = asked === "all" ? [] : creatable(request, asked, context);
  const answer = (refusals: ReadonlyMap<string, Refusal>) =>
    inSlices(context, describe(request, asked, refusals, context), reply);
  if (missing.length === 0) return answer(new Map());
  void context.services.autoTopics
    .create(missing, deadlineIn(context.services, AUTO_CREATION_TIMEOUT_MS))
    .then((created) => {
      const refusals = new Map<string, Refusal>();
      for (const [name, outcome] of created) if (outcome !== "created") refusals.set(name, outcome);
      answer(refusals);
    });
});

/** Version 0 has no null: there an empty list is all topics. */
function askedTopics(request: Request, { apiVersion }: BrokerContext): "all" | readonly Asked[] {
  if (request.topics === null || (apiVersion === 0 && request.topics.length === 0)) return "all";
  return request.topics;
}

function creatable(request: Request, asked: readonly Asked[], context: BrokerContext): string[] {
  if (!request.allowAutoTopicCreation || !context.services.config.get("auto.create.topics.enable")) return [];
  const known = context.services.image().topicsByName;
  const names = new Set<string>();
  for (const { name } of asked) {
    if (name !== null && !known.has(name) && context.may("describe", { topic: name }) && mayCreate(name, context))
      names.add(name);
  }
  return [...names];
}

function mayCreate(name: string, context: BrokerContext): boolean {
  return context.may("create", "cluster") || context.may("create", { topic: name });
}

function* describe(
  request: Request,
  asked: "all" | readonly Asked[],
  refusals: ReadonlyMap<string, Refusal>,
  context: BrokerContext,
): SlicedWork<ResponseInput<typeof Metadata>> {
  const { services } = context;
  const topics: TopicAnswer[] = [];
  if (asked === "all") yield* describeAll(topics, request, context);
  else for (const topic of asked) topics.push(yield* describeAsked(request, topic, refusals, context));
  const askedClusterOperations = request.includeClusterAuthorizedOperations;
  return {
    brokers: brokersOf(context),
    clusterId: services.clusterId,
    // In KRaft any broker stands for the controller, because it forwards to it.
    controllerId: services.nodeId,
    topics,
    clusterAuthorizedOperations: askedClusterOperations
      ? authorizedOperations("cluster", (operation) => context.may(operation, "cluster"))
      : OPERATIONS_NOT_ASKED,
    errorCode: NONE,
  };
}

/** The brokers that are up and have the client's listener, by id. */
export function brokersOf({ services, listenerName }: BrokerContext): NodeEndpoint[] {
  const image = services.image();
  const nodes: NodeEndpoint[] = [];
  for (const broker of image.brokers.values()) {
    const node = broker.fenced ? undefined : endpointOf(image, broker.id, listenerName);
    if (node !== undefined) nodes.push(node);
  }
  return nodes.sort((a, b) => a.nodeId - b.nodeId);
}

function* describeAll(answers: TopicAnswer[], request: Request, context: BrokerContext): SlicedWork<void> {
  for (const topic of context.services.image().topicsByName.values()) {
    if (context.may("describe", { topic: topic.name })) answers.push(yield* describeTopic(request, topic, context));
  }
}

function* describeAsked(
  request: Request,
  asked: Asked,
  refusals: ReadonlyMap<string, Refusal>,
  context: BrokerContext,
): SlicedWork<TopicAnswer> {
  const image = context.services.image();
  if (asked.name === null) {
    const topic = image.topicsById.get(asked.topicId);
    if (topic === undefined || !context.may("describe", { topic: topic.name }))
      return missingTopic(null, asked.topicId, UNKNOWN_TOPIC_ID);
    return yield* describeTopic(request, topic, context);
  }
  const name = asked.name;
  if (!context.may("describe", { topic: name })) return missingTopic(name, ZERO_UUID, TOPIC_AUTHORIZATION_FAILED);
  const topic = image.topicsByName.get(name);
  if (topic !== undefined) return yield* describeTopic(request, topic, context);
  const refusal = refusals.get(name)?.errorCode;
  const errorCode = isValidTopicName(name) ? (refusal ?? UNKNOWN_TOPIC_OR_PARTITION) : INVALID_TOPIC_EXCEPTION;
  return missingTopic(name, ZERO_UUID, errorCode);
}

function missingTopic(name: string | null, topicId: string, errorCode: number): TopicAnswer {
  const isInternal = name !== null && isInternalTopic(name);
  return { errorCode, name, topicId, isInternal, partitions: [], topicAuthorizedOperations: OPERATIONS_NOT_ASKED };
}

function* describeTopic(request: Request, topic: TopicImage, context: BrokerContext): SlicedWork<TopicAnswer> {
  const image = context.services.image();
  const { apiVersion, listenerName } = context;
  const errors: MetadataErrors = { listenerNotFound: apiVersion >= 6, replicaNotAvailable: apiVersion === 0 };
  const partitions: DescribedPartition[] = [];
  for (const partition of topic.partitions) {
    partitions.push(describePartition(image, partition, listenerName, errors));
    yield;
  }
  return {
    errorCode: NONE,
    name: topic.name,
    topicId: topic.id,
    isInternal: isInternalTopic(topic.name),
    partitions,
    topicAuthorizedOperations: request.includeTopicAuthorizedOperations
      ? authorizedOperations("topic", (operation) => context.may(operation, { topic: topic.name }))
      : OPERATIONS_NOT_ASKED,
  };
}

/** org.apache.kafka.common.internals.Topic.isValid. */
function isValidTopicName(name: string): boolean {
  return name !== "." && name !== ".." && /^[a-zA-Z0-9._-]{1,249}$/.test(name);
}
