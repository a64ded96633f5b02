import type { RequestOf } from "../../wire/api.ts";
import { ListOffsets } from "../../wire/apis/list-offsets.ts";
import { INVALID_REQUEST, TOPIC_AUTHORIZATION_FAILED } from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import { inSlices, type SlicedWork } from "../network/in-slices.ts";
import type { BrokerContext } from "./services.ts";

type Request = RequestOf<typeof ListOffsets>;
type Asked = Request["topics"][number]["partitions"][number];

/** The first version whose answer has the leader epoch (KIP-320). */
const HAS_LEADER_EPOCH = 4;

/** Finds offsets by time, or the ends of a partition. A partition that is asked for twice is refused, once (ListOffsetsRequest.duplicatePartitions). */
export const listOffsets = handler(ListOffsets, (request, context: BrokerContext, reply) =>
  inSlices(context, answersTo(request, context), (topics) => reply({ topics })),
);

function* answersTo(request: Request, context: BrokerContext): SlicedWork<TopicAnswer[]> {
  const { duplicates, unique } = withoutDuplicates(request);
  const topics: TopicAnswer[] = [];
  for (const { name, asked } of unique) {
    const mayDescribe = context.may("describe", { topic: name });
    const partitions: PartitionAnswer[] = [];
    for (const one of asked) {
      const { partitionIndex } = one;
      if (!mayDescribe) partitions.push({ partitionIndex, errorCode: TOPIC_AUTHORIZATION_FAILED });
      else if (duplicates.get(name)?.has(partitionIndex))
        partitions.push({ partitionIndex, errorCode: INVALID_REQUEST });
      else partitions.push(listOne(name, one, request, context));
      yield;
    }
    topics.push({ name, partitions });
  }
  return topics;
}

function listOne(
  topic: string,
  { partitionIndex, currentLeaderEpoch, timestamp }: Asked,
  request: Request,
  context: BrokerContext,
) {
  const { apiVersion, services } = context;
  const { leaderEpoch, ...listed } = services.replicas.listOffset(
    { topic, partition: partitionIndex },
    {
      timestamp,
      isolation: request.isolationLevel === 1 ? "committed" : "uncommitted",
      currentLeaderEpoch,
      version: apiVersion,
      replicaId: request.replicaId,
    },
  );
  return { partitionIndex, ...listed, leaderEpoch: apiVersion >= HAS_LEADER_EPOCH ? leaderEpoch : -1 };
}

type PartitionAnswer = { readonly partitionIndex: number; readonly errorCode: number } & Partial<
  ReturnType<typeof listOne>
>;
type TopicAnswer = { readonly name: string; readonly partitions: readonly PartitionAnswer[] };

/** Each partition once, and which were there twice. */
function withoutDuplicates({ topics }: Request) {
  const seen = new Map<string, Set<number>>();
  const duplicates = new Map<string, Set<number>>();
  const unique = topics.map(({ name, partitions }) => {
    const own = seen.get(name) ?? new Set();
    const twice = duplicates.get(name) ?? new Set();
    seen.set(name, own);
    duplicates.set(name, twice);
    const asked = partitions.filter(({ partitionIndex }) => {
      const isNew = !own.has(partitionIndex);
      (isNew ? own : twice).add(partitionIndex);
      return isNew;
    });
    return { name, asked };
  });
  return { duplicates, unique };
}
