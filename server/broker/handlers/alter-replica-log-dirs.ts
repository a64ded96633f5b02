import { AlterReplicaLogDirs } from "../../wire/apis/alter-replica-log-dirs.ts";
import { CLUSTER_AUTHORIZATION_FAILED, UNKNOWN_TOPIC_OR_PARTITION } from "../../wire/errors.ts";
import { partitionOf } from "../controller/image.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

/** Moves replicas of this broker to another of its log directories (KIP-113). */
export const alterReplicaLogDirs = handler(AlterReplicaLogDirs, (request, context: BrokerContext, reply) => {
  const { services } = context;
  const mayAlter = context.may("alter", "cluster");
  const move = (path: string, topic: string, partition: number): number => {
    if (!mayAlter) return CLUSTER_AUTHORIZATION_FAILED;
    if (partitionOf(services.image(), topic, partition) === undefined) return UNKNOWN_TOPIC_OR_PARTITION;
    return services.moves.move({ topic, partition }, path);
  };
  const results = new Map<string, { partitionIndex: number; errorCode: number }[]>();
  for (const { path, topics } of request.dirs)
    for (const { name, partitions } of topics) {
      const answers = results.get(name) ?? [];
      results.set(name, answers);
      for (const partitionIndex of partitions)
        answers.push({ partitionIndex, errorCode: move(path, name, partitionIndex) });
    }
  reply({ results: [...results].map(([topicName, partitions]) => ({ topicName, partitions })) });
});
