import { type Problem, problem } from "../../../lib/problem.ts";
import { describeLogDirs } from "../../client/admin/cluster.ts";
import { ClientError } from "../../client/client-error.ts";
import type { TopicMetadata } from "../../client/metadata-image.ts";
import { type Identity, kafkaProblem, toProblem } from "../to-problem.ts";
import { type Column, type ColumnSource, columnKey, distinctProblems } from "./column.ts";

/** A replica as its broker's log directory holds it. */
export type ReplicaSize = {
  readonly broker: number;
  readonly partition: number;
  /** The log directory that it is in. */
  readonly directory: string;
  readonly sizeBytes: number;
  /** Messages behind the leader. */
  readonly lagMessages: number;
};

/** Replicas of each topic that could be seen. */
export type SizesColumn = Column<readonly ReplicaSize[]>;

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
  const asked = new Set<number>();
  for (const { broker, answer } of await describeLogDirs(client, wanted)) {
    asked.add(broker);
    const failure = failureOf(broker, answer, identity);
    if (failure !== undefined) problems.push(failure);
    if (answer instanceof ClientError) continue;
    for (const { logDir: directory, topics: held } of answer.results)
      for (const { name, partitions } of held) {
        const replicas = values.get(name);
        // A future replica is a copy under way to another directory of the same broker.
        for (const { partitionIndex: partition, partitionSize: sizeBytes, offsetLag, isFutureKey } of partitions)
          if (!isFutureKey) replicas?.push({ broker, partition, directory, sizeBytes, lagMessages: offsetLag });
      }
  }
  problems.push(...absentProblems(topics, asked));
  return { covers: new Set(topics.map(columnKey)), values, problems: distinctProblems(problems) };
}

/** Bytes of a topic on all brokers; null unless each of its replicas was seen. */
export function totalSize(topic: TopicMetadata, sizes: SizesColumn): number | null {
  const replicas = sizes.values.get(topic.name ?? "") ?? [];
  const seen = new Set(replicas.map(({ broker, partition }) => `${broker}/${partition}`));
  const isWhole = topic.partitions.every(({ partitionIndex, replicaNodes }) =>
    replicaNodes.every((broker) => seen.has(`${broker}/${partitionIndex}`)),
  );
  return isWhole ? replicas.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) : null;
}

/** Brokers that hold replicas and are not in the cluster now. */
function absentProblems(topics: readonly TopicMetadata[], asked: ReadonlySet<number>): Problem[] {
  const holders = new Set(topics.flatMap(({ partitions }) => partitions.flatMap(({ replicaNodes }) => replicaNodes)));
  return [...holders]
    .filter((broker) => !asked.has(broker))
    .map((broker) =>
      problem({
        code: "broker-unavailable",
        title: TITLE,
        detail: `Broker ${broker} is not in the cluster now.`,
        facts: [["broker", String(broker)]],
      }),
    );
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
