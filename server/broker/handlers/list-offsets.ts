import { ListOffsets } from "../../wire/apis/list-offsets.ts";
import { INVALID_REQUEST, TOPIC_AUTHORIZATION_FAILED } from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import { partitionKey } from "../topic-partition.ts";
import type { BrokerContext } from "./services.ts";

/** The first version whose answer has the leader epoch (KIP-320). */
const HAS_LEADER_EPOCH = 4;

/** Finds offsets by time, or the ends of a partition. A partition that is asked for twice is refused (ListOffsetsRequest.duplicatePartitions). */
export const listOffsets = handler(ListOffsets, (request, context: BrokerContext, reply) => {
  const isolation = request.isolationLevel === 1 ? "committed" : "uncommitted";
  const seen = new Set<string>();
  const duplicates = new Set<string>();
  for (const { name, partitions } of request.topics) {
    for (const { partitionIndex } of partitions) {
      const key = partitionKey({ topic: name, partition: partitionIndex });
      if (seen.has(key)) duplicates.add(key);
      seen.add(key);
    }
  }
  const topics = request.topics.map(({ name, partitions }) => ({
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
