import { ElectLeaders } from "../../wire/apis/elect-leaders.ts";
import { forwarded } from "./forwarded.ts";

/** Leaders are elected by the controller (KIP-460). */
export const electLeaders = forwarded(ElectLeaders, (request, { errorCode, message }) => ({
  errorCode,
  replicaElectionResults: (request.topicPartitions ?? []).map(({ topic, partitions }) => ({
    topic,
    partitionResult: partitions.map((partitionId) => ({ partitionId, errorCode, errorMessage: message ?? null })),
  })),
}));
