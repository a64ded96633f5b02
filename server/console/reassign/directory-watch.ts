import type { ActiveMoves, DirectoryMove } from "../../../lib/contracts/reassignment.ts";
import type { Problem } from "../../../lib/problem.ts";
import { describeLogDirs } from "../../client/admin/cluster.ts";
import { groupByTopic, type PartitionItem } from "../../client/admin/group-by-node.ts";
import { ClientError } from "../../client/client-error.ts";
import type { ColumnSource } from "../topic-columns/column.ts";
import { toProblem } from "../to-problem.ts";
import { CopyRates } from "./copy-rates.ts";

/** Replicas that are moved between the log directories of their brokers. */
export type ActiveDirectoryMoves = Pick<ActiveMoves, "directories" | "problems">;

/**
 * Follows replicas that move to another log directory of their broker (KIP-113), whoever began it. A sweep of the cluster, or the change that began
 * them, notes which there are; only these are asked for then.
 */
export class DirectoryWatch {
  private known = new Map<string, PartitionItem>();
  private readonly rates = new CopyRates();

  constructor(
    private readonly source: () => ColumnSource,
    private readonly nowMs: () => number = Date.now,
  ) {}

  /** These have a copy under way, at one of their brokers. */
  note(items: readonly PartitionItem[]): void {
    for (const { topic, partition } of items) this.known.set(`${topic}/${partition}`, { topic, partition });
  }

  /** Asks every broker once, for these partitions; nobody when none is known to move. */
  async read(): Promise<ActiveDirectoryMoves> {
    if (this.known.size === 0) return { directories: [], problems: [] };
    const asked = this.known;
    const { client, identity } = this.source();
    const wanted = [...groupByTopic([...asked.values()])].map(([topic, own]) => ({
      topic,
      partitions: own.map(({ partition }) => partition),
    }));
    const title = "Moves between log directories could not be read";
    const problems: Problem[] = [];
    const found: Omit<DirectoryMove, "ratePerSecond">[] = [];
    for (const { broker, answer } of await describeLogDirs(client, wanted)) {
      const attempt = { title, facts: [["broker", String(broker)]] as const, identity };
      const problem = answer instanceof ClientError ? toProblem(answer, attempt) : undefined;
      if (problem) problems.push(problem);
      if (!(answer instanceof ClientError)) found.push(...futuresOf(broker, answer.results));
    }
    const atMs = this.nowMs();
    const directories = found.map((move) => ({
      ...move,
      ratePerSecond: this.rates.tell(keyOf(move), move.copiedBytes, atMs),
    }));
    this.rates.keepOnly(atMs);
    // What a broker that gave no answer moves may go on; what was noted meanwhile too.
    if (problems.length === 0)
      for (const key of asked.keys())
        if (!found.some(({ topic, partition }) => `${topic}/${partition}` === key)) this.known.delete(key);
    return { directories, problems };
  }
}

type Directories = Exclude<Awaited<ReturnType<typeof describeLogDirs>>[number]["answer"], ClientError>["results"];

function futuresOf(broker: number, directories: Directories): Omit<DirectoryMove, "ratePerSecond">[] {
  const held = directories.flatMap(({ logDir, topics }) =>
    topics.flatMap(({ name, partitions }) => partitions.map((own) => ({ ...own, topic: name, logDir }))),
  );
  const current = new Map(
    held.filter(({ isFutureKey }) => !isFutureKey).map((own) => [`${own.topic}/${own.partitionIndex}`, own]),
  );
  return held
    .filter(({ isFutureKey }) => isFutureKey)
    .map(({ topic, partitionIndex, logDir, partitionSize, offsetLag }) => {
      const from = current.get(`${topic}/${partitionIndex}`);
      return {
        broker,
        topic,
        partition: partitionIndex,
        from: from?.logDir ?? null,
        to: logDir,
        sizeBytes: from?.partitionSize ?? null,
        copiedBytes: partitionSize,
        lagMessages: offsetLag,
      };
    });
}

function keyOf({ broker, topic, partition }: Pick<DirectoryMove, "broker" | "topic" | "partition">): string {
  return `${broker}/${topic}/${partition}`;
}
