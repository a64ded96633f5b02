import type { ActiveMove, ActiveMoves } from "../../../lib/contracts/reassignment.ts";
import type { Problem } from "../../../lib/problem.ts";
import { ProblemError } from "../../../lib/problem.ts";
import { describeLogDirs } from "../../client/admin/cluster.ts";
import { groupByTopic } from "../../client/admin/group-by-node.ts";
import { listReassignments, type Reassignment } from "../../client/admin/reassignments.ts";
import { ClientError } from "../../client/client-error.ts";
import type { ColumnSource } from "../topic-columns/column.ts";
import { kafkaProblem, toProblem } from "../to-problem.ts";
import { CopyRates } from "./copy-rates.ts";

/** Partitions that are moved between brokers. */
export type ActiveReassignments = Omit<ActiveMoves, "directories">;

/** Follows partitions that are being moved: what is copied of each, and how fast. */
export class MovesWatch {
  private readonly rates = new CopyRates();

  constructor(
    private readonly source: () => ColumnSource,
    private readonly nowMs: () => number = Date.now,
  ) {}

  /** Asks the cluster once. Throws ProblemError when it refuses, rejects with a ClientError when it does not answer. */
  async read(): Promise<ActiveReassignments> {
    const { client, identity } = this.source();
    const title = "Moves could not be read";
    const found = await listReassignments(client);
    if ("errorCode" in found) {
      const needs = { operation: "Describe", resource: "cluster" as const };
      throw new ProblemError(kafkaProblem(found.errorCode, found.message, { title, needs, identity }));
    }
    if (found.length === 0) {
      this.rates.keepOnly(this.nowMs());
      return { moves: [], problems: [], readAtMs: this.nowMs() };
    }
    const topics = groupByTopic(found);
    await client.refresh([...topics.keys()]);
    const wanted = [...topics].map(([topic, own]) => ({ topic, partitions: own.map(({ partition }) => partition) }));
    const problems: Problem[] = [];
    const sizes = new Map<string, number>();
    for (const { broker, answer } of await describeLogDirs(client, wanted)) {
      const attempt = { title, facts: [["broker", String(broker)]] as const, identity };
      const problem = answer instanceof ClientError ? toProblem(answer, attempt) : undefined;
      if (problem) problems.push(problem);
      if (answer instanceof ClientError) continue;
      for (const { name, partitions } of answer.results.flatMap((directory) => directory.topics))
        for (const { partitionIndex, partitionSize, isFutureKey } of partitions)
          if (!isFutureKey) sizes.set(`${name}/${partitionIndex}/${broker}`, partitionSize);
    }
    const readAtMs = this.nowMs();
    const moves = found.map((move) => this.describe(move, sizes, readAtMs));
    this.rates.keepOnly(readAtMs);
    return { moves, problems, readAtMs };
  }

  private describe(move: Reassignment, sizes: ReadonlyMap<string, number>, readAtMs: number): ActiveMove {
    const { topic, partition, replicas, addingReplicas: adding, removingReplicas: removing } = move;
    const { metadata } = this.source().client;
    const leader = metadata.partition(topic, partition)?.leaderId ?? -1;
    const sizeBytes = sizes.get(`${topic}/${partition}/${leader}`) ?? null;
    const copied = adding.map((id) => sizes.get(`${topic}/${partition}/${id}`) ?? 0);
    const most = sizeBytes ?? Number.POSITIVE_INFINITY;
    const copiedBytes = copied.reduce((sum, bytes) => sum + Math.min(bytes, most), 0);
    return {
      topic,
      partition,
      leader: leader < 0 ? null : leader,
      replicas: [...replicas],
      adding: [...adding],
      removing: [...removing],
      sizeBytes,
      copiedBytes,
      ratePerSecond: this.rates.tell(`${topic}/${partition}`, copiedBytes, readAtMs),
      away: adding.filter((id) => !metadata.brokers.has(id)),
    };
  }
}
