import type { RequestOf } from "../../wire/api.ts";
import { DescribeTopicPartitions } from "../../wire/apis/describe-topic-partitions.ts";
import { INVALID_REQUEST, NONE, TOPIC_AUTHORIZATION_FAILED, UNKNOWN_TOPIC_OR_PARTITION } from "../../wire/errors.ts";
import { ZERO_UUID } from "../../wire/uuid.ts";
import type { TopicImage } from "../controller/image.ts";
import { authorizedOperations, OPERATIONS_NOT_ASKED } from "../network/authorizer.ts";
import { handler } from "../network/handler.ts";
import { describePartition, isInternalTopic, NEWEST_ERRORS } from "./metadata-topics.ts";
import type { BrokerContext } from "./services.ts";

type Request = RequestOf<typeof DescribeTopicPartitions>;

/**
 * Describes topics page by page, in the order of their names (KIP-966): at most `max.request.partition.size.limit` partitions a page,
 * and a cursor at the first one that did not fit.
 */
export const describeTopicPartitions = handler(DescribeTopicPartitions, (request, context: BrokerContext, reply) => {
  const limit = Math.min(
    request.responsePartitionLimit,
    context.services.config.get("max.request.partition.size.limit"),
  );
  if (isCursorLost(request)) return reply({ topics: request.topics.map(({ name }) => missing(name, INVALID_REQUEST)) });
  let remaining = Math.max(1, limit);
  const topics = [];
  for (const name of namesFrom(request, context)) {
    if (remaining === 0) return reply({ topics, nextCursor: { topicName: name, partitionIndex: 0 } });
    if (!context.may("describe", { topic: name })) {
      if (request.topics.length > 0) topics.push(missing(name, TOPIC_AUTHORIZATION_FAILED));
      continue;
    }
    const topic = context.services.image().topicsByName.get(name);
    if (topic === undefined) {
      topics.push({
        ...missing(name, UNKNOWN_TOPIC_OR_PARTITION),
        topicAuthorizedOperations: operations(name, context),
      });
      continue;
    }
    const first = request.cursor?.topicName === name ? request.cursor.partitionIndex : 0;
    topics.push(describeTopic(topic, first, remaining, context));
    const end = first + remaining;
    if (end < topic.partitions.length) return reply({ topics, nextCursor: { topicName: name, partitionIndex: end } });
    remaining -= Math.max(0, topic.partitions.length - first);
  }
  reply({ topics, nextCursor: null });
});

/** A cursor must point into what is asked for. */
function isCursorLost({ topics, cursor }: Request): boolean {
  if (cursor === null) return false;
  return cursor.partitionIndex < 0 || (topics.length > 0 && topics.every(({ name }) => name !== cursor.topicName));
}

function operations(topic: string, context: BrokerContext): number {
  return authorizedOperations("topic", (operation) => context.may(operation, { topic }));
}

/** The names that are asked for (none: all), sorted, from the cursor on. */
function namesFrom({ topics, cursor }: Request, { services }: BrokerContext): string[] {
  const names = topics.length > 0 ? new Set(topics.map(({ name }) => name)) : services.image().topicsByName.keys();
  const sorted = [...names].sort();
  return cursor === null ? sorted : sorted.filter((name) => name >= cursor.topicName);
}

function missing(name: string, errorCode: number) {
  return {
    errorCode,
    name,
    topicId: ZERO_UUID,
    isInternal: isInternalTopic(name),
    partitions: [],
    topicAuthorizedOperations: OPERATIONS_NOT_ASKED,
  };
}

function describeTopic(topic: TopicImage, first: number, count: number, context: BrokerContext) {
  const image = context.services.image();
  return {
    errorCode: NONE,
    name: topic.name,
    topicId: topic.id,
    isInternal: isInternalTopic(topic.name),
    partitions: topic.partitions.slice(first, first + count).map((partition) => ({
      ...describePartition(image, partition, context.listenerName, NEWEST_ERRORS),
      eligibleLeaderReplicas: partition.eligibleLeaderReplicas,
      lastKnownElr: partition.lastKnownElr,
    })),
    topicAuthorizedOperations: operations(topic.name, context),
  };
}
