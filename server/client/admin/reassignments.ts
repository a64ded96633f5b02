import { AlterPartitionReassignments } from "../../wire/apis/alter-partition-reassignments.ts";
import { AlterReplicaLogDirs } from "../../wire/apis/alter-replica-log-dirs.ts";
import { ElectLeaders } from "../../wire/apis/elect-leaders.ts";
import { ListPartitionReassignments } from "../../wire/apis/list-partition-reassignments.ts";
import { NONE } from "../../wire/errors.ts";
import type { ClusterClient } from "../cluster-client.ts";
import { groupByTopic, type PartitionItem } from "./group-by-node.ts";

/** How long the controller may take before it answers REQUEST_TIMED_OUT; what was asked for may still happen. */
const CHANGE_TIMEOUT_MS = 15_000;

/** What became of one partition; `message` is Kafka's own words, where it sends some. */
export type PartitionAnswer = PartitionItem & { readonly errorCode: number; readonly message: string | null };

/** Where a partition should be; null takes back what is under way. */
export type WantedReplicas = PartitionItem & { readonly replicas: readonly number[] | null };

/** A partition that is being moved. `replicas` has those that are added and those that will go. */
export type Reassignment = PartitionItem & {
  readonly replicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
};

/** An answer for the whole request instead of one for each partition. */
export type RequestRefused = { readonly errorCode: number; readonly message: string | null };

/** Begins moving partitions, or cancels that (KIP-455). Asking for what is under way already is no error. */
export async function alterReassignments(
  client: ClusterClient,
  items: readonly WantedReplicas[],
): Promise<readonly PartitionAnswer[] | RequestRefused> {
  const topics = [...groupByTopic(items)].map(([name, partitions]) => ({
    name,
    partitions: partitions.map(({ partition, replicas }) => ({
      partitionIndex: partition,
      replicas: replicas && [...replicas],
    })),
  }));
  const answer = await client.ask(
    AlterPartitionReassignments,
    { timeoutMs: CHANGE_TIMEOUT_MS, topics },
    { to: "controller", errorCodes: ({ errorCode }) => [errorCode] },
  );
  if (answer.errorCode !== NONE) return { errorCode: answer.errorCode, message: answer.errorMessage };
  return answer.responses.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, errorCode, errorMessage }) => ({
      topic: name,
      partition: partitionIndex,
      errorCode,
      message: errorMessage,
    })),
  );
}

/** Partitions that are being moved, of the whole cluster. */
export async function listReassignments(client: ClusterClient): Promise<readonly Reassignment[] | RequestRefused> {
  const answer = await client.ask(
    ListPartitionReassignments,
    { timeoutMs: CHANGE_TIMEOUT_MS, topics: null },
    { to: "controller", errorCodes: ({ errorCode }) => [errorCode] },
  );
  if (answer.errorCode !== NONE) return { errorCode: answer.errorCode, message: answer.errorMessage };
  return answer.topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, replicas, addingReplicas, removingReplicas }) => ({
      topic: name,
      partition: partitionIndex,
      replicas,
      addingReplicas,
      removingReplicas,
    })),
  );
}

/** ElectLeaders' numbers: the first replica, or any that lives, also one that lacks messages (KIP-460). */
const ELECTIONS = { preferred: 0, unclean: 1 } as const;

export type ElectionType = keyof typeof ELECTIONS;

/** Elects leaders of partitions. A partition that needs none answers ELECTION_NOT_NEEDED. */
export async function electLeaders(
  client: ClusterClient,
  type: ElectionType,
  items: readonly PartitionItem[],
): Promise<readonly PartitionAnswer[] | RequestRefused> {
  const topicPartitions = [...groupByTopic(items)].map(([topic, own]) => ({
    topic,
    partitions: own.map(({ partition }) => partition),
  }));
  const answer = await client.ask(
    ElectLeaders,
    { electionType: ELECTIONS[type], topicPartitions, timeoutMs: CHANGE_TIMEOUT_MS },
    { to: "controller", errorCodes: ({ errorCode }) => [errorCode] },
  );
  for (const topic of new Set(items.map((item) => item.topic))) client.metadata.forget(topic);
  if (answer.errorCode !== NONE) return { errorCode: answer.errorCode, message: null };
  return answer.replicaElectionResults.flatMap(({ topic, partitionResult }) =>
    partitionResult.map(({ partitionId, errorCode, errorMessage }) => ({
      topic,
      partition: partitionId,
      errorCode,
      message: errorMessage,
    })),
  );
}

/** Moves a broker's replicas to another of its log directories (KIP-113); the copy goes on after the answer. */
export async function moveReplicas(
  client: ClusterClient,
  { broker, path }: { readonly broker: number; readonly path: string },
  items: readonly PartitionItem[],
): Promise<readonly PartitionAnswer[]> {
  const topics = [...groupByTopic(items)].map(([name, own]) => ({
    name,
    partitions: own.map(({ partition }) => partition),
  }));
  const answer = await client.send(AlterReplicaLogDirs, { dirs: [{ path, topics }] }, { to: { node: broker } });
  return answer.results.flatMap(({ topicName, partitions }) =>
    partitions.map(({ partitionIndex, errorCode }) => ({
      topic: topicName,
      partition: partitionIndex,
      errorCode,
      message: null,
    })),
  );
}
