import type { RequestOf } from "../../wire/api.ts";
import { OffsetFetch } from "../../wire/apis/offset-fetch.ts";
import { GROUP_AUTHORIZATION_FAILED, NONE, TOPIC_AUTHORIZATION_FAILED, UNKNOWN_TOPIC_ID } from "../../wire/errors.ts";
import { ZERO_UUID } from "../../wire/uuid.ts";
import type { FetchedTopic, TopicToFetch } from "../coordinator/group-event.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

type Request = RequestOf<typeof OffsetFetch>;
/** What is asked of one group; all versions come down to it. `topics` null asks for all. */
type AskedGroup = Request["groups"][number];
type AskedTopic = NonNullable<AskedGroup["topics"]>[number];

/** v8+: many groups. v10+: topics by id. v2+: one error code for the whole group, before that one for each partition. */
const FIRST_BATCHED_VERSION = 8;
const FIRST_VERSION_WITH_TOPIC_IDS = 10;
const FIRST_VERSION_WITH_GROUP_ERROR = 2;
const NO_OFFSET = { committedOffset: -1, committedLeaderEpoch: -1, metadata: "" } as const;

type AnsweredPartition = {
  readonly partitionIndex: number;
  readonly committedOffset: number;
  readonly committedLeaderEpoch: number;
  readonly metadata: string;
  readonly errorCode: number;
};
type AnsweredTopic = {
  readonly name: string;
  readonly topicId: string;
  readonly partitions: readonly AnsweredPartition[];
};
type AnsweredGroup = {
  readonly groupId: string;
  readonly topics: readonly AnsweredTopic[];
  readonly errorCode: number;
};

/** Tells the committed offsets of groups. Nothing committed is no error but offset -1. */
export const offsetFetch = handler(OffsetFetch, (request, context: BrokerContext, reply) => {
  const asked = groupsOf(request, context.apiVersion);
  const answers = new Map<number, AnsweredGroup>();
  const finish = (index: number, answer: AnsweredGroup) => {
    answers.set(index, answer);
    if (answers.size < asked.length) return;
    const groups = asked.flatMap((_, each) => answers.get(each) ?? []);
    const [only] = groups;
    if (context.apiVersion >= FIRST_BATCHED_VERSION || only === undefined) reply({ groups });
    else reply({ topics: only.topics.map(withoutTopicId), errorCode: only.errorCode });
  };
  if (asked.length === 0) return reply({ groups: [] });
  for (const [index, group] of asked.entries())
    fetchGroup(group, request.requireStable, context, (answer) => finish(index, answer));
});

function groupsOf(request: Request, apiVersion: number): readonly AskedGroup[] {
  if (apiVersion >= FIRST_BATCHED_VERSION) return request.groups;
  const topics = request.topics?.map((topic) => ({ ...topic, topicId: ZERO_UUID })) ?? null;
  return [{ groupId: request.groupId, memberId: null, memberEpoch: -1, topics }];
}

function fetchGroup(
  group: AskedGroup,
  requireStable: boolean,
  context: BrokerContext,
  done: (answer: AnsweredGroup) => void,
): void {
  const { groupId, memberId, memberEpoch } = group;
  if (!context.may("describe", { group: groupId }))
    return done(failed(group, GROUP_AUTHORIZATION_FAILED, context.apiVersion));
  const found = group.topics?.map((asked) => findTopic(asked, context));
  const topics = found?.filter((topic) => typeof topic !== "number");
  context.services.groups.fetch({ groupId, memberId, memberEpoch, topics, requireStable }, (answer) => {
    if (answer.type === "refused") return done(failed(group, answer.errorCode, context.apiVersion));
    if (group.topics === null || found === undefined)
      return done({ groupId, topics: visible(answer.topics, context), errorCode: NONE });
    let next = 0;
    const answered = group.topics.map((asked, index) => {
      const problem = found[index];
      const fetched = typeof problem === "number" ? undefined : answer.topics[next++];
      return fetched === undefined
        ? withError(asked, typeof problem === "number" ? problem : NONE)
        : { ...answerOf(fetched), topicId: asked.topicId };
    });
    done({ groupId, topics: answered, errorCode: NONE });
  });
}

/** The topic by its name, or why nothing can be told of it. A name that does not exist is none: its offsets may outlive it. */
function findTopic(asked: AskedTopic, context: BrokerContext): TopicToFetch | number {
  const byId = context.apiVersion >= FIRST_VERSION_WITH_TOPIC_IDS;
  const name = byId ? context.services.image().topicsById.get(asked.topicId)?.name : asked.name;
  if (name === undefined) return UNKNOWN_TOPIC_ID;
  if (!context.may("describe", { topic: name })) return TOPIC_AUTHORIZATION_FAILED;
  return { topic: name, topicId: byId ? asked.topicId : ZERO_UUID, partitions: asked.partitionIndexes };
}

/** All that the client may know of; where topics have ids, those that exist. */
function visible(topics: readonly FetchedTopic[], context: BrokerContext): AnsweredTopic[] {
  const image = context.services.image();
  const byId = context.apiVersion >= FIRST_VERSION_WITH_TOPIC_IDS;
  return topics.flatMap((fetched) => {
    const topicId = image.topicsByName.get(fetched.topic)?.id;
    if (!context.may("describe", { topic: fetched.topic }) || (byId && topicId === undefined)) return [];
    return [{ ...answerOf(fetched), topicId: topicId ?? ZERO_UUID }];
  });
}

function answerOf({ topic, topicId, partitions }: FetchedTopic): AnsweredTopic {
  return {
    name: topic,
    topicId,
    partitions: partitions.map(({ partition, committed, errorCode }) => {
      if (committed === undefined) return { partitionIndex: partition, ...NO_OFFSET, errorCode };
      const { offset, leaderEpoch, metadata } = committed;
      return {
        partitionIndex: partition,
        committedOffset: offset,
        committedLeaderEpoch: leaderEpoch,
        metadata,
        errorCode,
      };
    }),
  };
}

function withError({ name, topicId, partitionIndexes }: AskedTopic, errorCode: number): AnsweredTopic {
  return {
    name,
    topicId,
    partitions: partitionIndexes.map((partitionIndex) => ({ partitionIndex, ...NO_OFFSET, errorCode })),
  };
}

function failed(group: AskedGroup, errorCode: number, apiVersion: number): AnsweredGroup {
  const topics =
    apiVersion < FIRST_VERSION_WITH_GROUP_ERROR ? (group.topics ?? []).map((topic) => withError(topic, errorCode)) : [];
  return { groupId: group.groupId, topics, errorCode };
}

function withoutTopicId({ name, partitions }: AnsweredTopic) {
  return { name, partitions };
}
