import type { RequestOf } from "../../wire/api.ts";
import { OffsetDelete } from "../../wire/apis/offset-delete.ts";
import {
  GROUP_AUTHORIZATION_FAILED,
  NONE,
  TOPIC_AUTHORIZATION_FAILED,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

type Request = RequestOf<typeof OffsetDelete>;
type AnsweredTopic = {
  readonly name: string;
  readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
};

/** Deletes committed offsets of a group for topics that it does not read (KIP-496); each partition has its own error code. */
export const offsetDelete = handler(OffsetDelete, (request, context: BrokerContext, reply) => {
  const { groupId } = request;
  if (!context.may("delete", { group: groupId })) return reply({ errorCode: GROUP_AUTHORIZATION_FAILED });
  const refused = request.topics.flatMap((topic) => refusedPartitions(topic, context));
  const topics = request.topics.map(({ name, partitions }) => ({
    topic: name,
    partitions: partitions.map((each) => each.partitionIndex).filter((partition) => !isIn(refused, name, partition)),
  }));
  const wanted = topics.filter(({ partitions }) => partitions.length > 0);
  if (wanted.length === 0) return reply({ errorCode: NONE, topics: refused });
  context.services.groups.deleteOffsets({ groupId, topics: wanted }, (answer) => {
    if (answer.type === "refused") return reply({ errorCode: answer.errorCode });
    const done = answer.topics.map(({ topic, partitions }) => ({
      name: topic,
      partitions: partitions.map(({ partition, errorCode }) => ({ partitionIndex: partition, errorCode })),
    }));
    reply({ errorCode: NONE, topics: merged([...refused, ...done]) });
  });
});

/** The partitions of a topic that the group is not even asked about. */
function refusedPartitions({ name, partitions }: Request["topics"][number], context: BrokerContext): AnsweredTopic[] {
  const topic = context.services.image().topicsByName.get(name);
  const mayRead = context.may("read", { topic: name });
  const errorCode = mayRead ? UNKNOWN_TOPIC_OR_PARTITION : TOPIC_AUTHORIZATION_FAILED;
  const refused = partitions.filter(
    ({ partitionIndex }) => !mayRead || topic?.partitions[partitionIndex] === undefined,
  );
  return refused.length === 0
    ? []
    : [{ name, partitions: refused.map(({ partitionIndex }) => ({ partitionIndex, errorCode })) }];
}

function isIn(topics: readonly AnsweredTopic[], name: string, partition: number): boolean {
  return topics.some(
    (topic) => topic.name === name && topic.partitions.some(({ partitionIndex }) => partitionIndex === partition),
  );
}

/** One entry a topic: the response is keyed by name. */
function merged(topics: readonly AnsweredTopic[]): AnsweredTopic[] {
  const byName = new Map<string, AnsweredTopic>();
  for (const topic of topics) {
    const before = byName.get(topic.name);
    byName.set(
      topic.name,
      before === undefined ? topic : { name: topic.name, partitions: [...before.partitions, ...topic.partitions] },
    );
  }
  return [...byName.values()];
}
