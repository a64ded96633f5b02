import type { Problem } from "../../../lib/problem.ts";
import { describeLogDirs } from "../../client/admin/cluster.ts";
import { ClientError } from "../../client/client-error.ts";
import type { TopicMetadata } from "../../client/metadata-image.ts";
import { type Identity, kafkaProblem, toProblem } from "../to-problem.ts";
import { type Column, type ColumnSource, columnKey, distinctProblems } from "./column.ts";

/** A replica as its broker's log directory holds it. */
export type ReplicaSize = {
  readonly broker: number;
  readonly partition: number;
  readonly sizeBytes: number;
  /** Messages behind the leader. */
  readonly lagMessages: number;
};

/** Replicas of each topic that could be seen; the sum is whole only if no broker of the topic is missing. */
export type SizesColumn = Column<readonly ReplicaSize[]> & { readonly silentBrokers: ReadonlySet<number> };

const TITLE = "Sizes could not be read from every broker";

/** Asks each broker once for its log directories: of all topics, or of these few when `only` says so. */
export async function readSizesColumn(
  { client, identity }: ColumnSource,
  topics: readonly TopicMetadata[],
  { only = false }: { readonly only?: boolean } = {},
): Promise<SizesColumn> {
  const wanted = only
    ? topics.map(({ name, partitions }) => ({
        topic: name ?? "",
        partitions: partitions.map(({ partitionIndex }) => partitionIndex),
      }))
    : null;
  const values = new Map<string, ReplicaSize[]>(topics.map(({ name }) => [name ?? "", []]));
  const problems: Problem[] = [];
  const silentBrokers = new Set<number>();
  for (const { broker, answer } of await describeLogDirs(client, wanted)) {
    const problem = failureOf(broker, answer, identity);
    if (problem !== undefined) {
      problems.push(problem);
      silentBrokers.add(broker);
    }
    if (answer instanceof ClientError) continue;
    for (const { name, partitions } of answer.results.flatMap((directory) => directory.topics)) {
      const replicas = values.get(name);
      // A future replica is a copy under way to another directory of the same broker.
      for (const { partitionIndex, partitionSize, offsetLag, isFutureKey } of partitions)
        if (!isFutureKey)
          replicas?.push({ broker, partition: partitionIndex, sizeBytes: partitionSize, lagMessages: offsetLag });
    }
  }
  return { covers: new Set(topics.map(columnKey)), values, problems: distinctProblems(problems), silentBrokers };
}

/** Bytes of a topic on all brokers; null when one of them could not be asked. */
export function totalSize(topic: TopicMetadata, sizes: SizesColumn): number | null {
  const replicas = sizes.values.get(topic.name ?? "");
  const isPartial = topic.partitions.some(({ replicaNodes }) => replicaNodes.some((id) => sizes.silentBrokers.has(id)));
  if (replicas === undefined || isPartial) return null;
  return replicas.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

type Answer = Awaited<ReturnType<typeof describeLogDirs>>[number]["answer"];

function failureOf(broker: number, answer: Answer, identity: Identity): Problem | undefined {
  const attempt = {
    title: TITLE,
    facts: [["broker", String(broker)]] as const,
    needs: { operation: "Describe", resource: "cluster" as const },
    identity,
  };
  if (answer instanceof ClientError) return toProblem(answer, attempt);
  if (answer.errorCode !== 0) return kafkaProblem(answer.errorCode, null, attempt);
  const offline = answer.results.find(({ errorCode }) => errorCode !== 0);
  if (offline === undefined) return undefined;
  const facts = [...attempt.facts, ["log directory", offline.logDir]] as const;
  return kafkaProblem(offline.errorCode, null, { ...attempt, facts });
}
