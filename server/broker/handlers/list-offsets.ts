import type { RequestOf } from "../../wire/api.ts";
import { ListOffsets } from "../../wire/apis/list-offsets.ts";
import { INVALID_REQUEST, TOPIC_AUTHORIZATION_FAILED } from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import { partitionKey } from "../topic-partition.ts";
import type { BrokerContext } from "./services.ts";

/** The first version whose answer has the leader epoch (KIP-320). */
const HAS_LEADER_EPOCH = 4;

/** Finds offsets by time, or the ends of a partition. A partition that is asked for twice is refused, once (ListOffsetsRequest.duplicatePartitions). */
export const listOffsets = handler(ListOffsets, (request, context: BrokerContext, reply) => {
  const isolation = request.isolationLevel === 1 ? "committed" : "uncommitted";
  const { duplicates, unique } = withoutDuplicates(request);
  const topics = unique.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex, currentLeaderEpoch, timestamp }) => {
      const topicPartition = { topic: name, partition: partitionIndex };
      if (!context.may("describe", { topic: name })) return { partitionIndex, errorCode: TOPIC_AUTHORIZATION_FAILED };
      if (duplicates.has(partitionKey(topicPartition))) return { partitionIndex, errorCode: INVALID_REQUEST };
      const query = {
        timestamp,
        isolation,
        currentLeaderEpoch,
        version: context.apiVersion,
        replicaId: request.replicaId,
      } as const;
      const { leaderEpoch, ...listed } = context.services.replicas.listOffset(topicPartition, query);
      return { partitionIndex, ...listed, leaderEpoch: context.apiVersion >= HAS_LEADER_EPOCH ? leaderEpoch : -1 };
    }),
  }));
  reply({ topics });
});

function withoutDuplicates({ topics }: RequestOf<typeof ListOffsets>) {
  const seen = new Set<string>();
  const duplicates = new Set<string>();
  const unique = topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.filter(({ partitionIndex }) => {
      const key = partitionKey({ topic: name, partition: partitionIndex });
      if (!seen.has(key)) return seen.add(key);
      duplicates.add(key);
      return false;
    }),
  }));
  return { duplicates, unique };
}
