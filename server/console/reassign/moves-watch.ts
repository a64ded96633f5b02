import type { ActiveMove, ActiveMoves } from "../../../lib/contracts/reassignment.ts";
import type { Problem } from "../../../lib/problem.ts";
import { ProblemError } from "../../../lib/problem.ts";
import { describeLogDirs } from "../../client/admin/cluster.ts";
import { groupByTopic } from "../../client/admin/group-by-node.ts";
import { listReassignments, type Reassignment } from "../../client/admin/reassignments.ts";
import { ClientError } from "../../client/client-error.ts";
import type { ColumnSource } from "../topic-columns/column.ts";
import { kafkaProblem, toProblem } from "../to-problem.ts";

/** How much of a rate is the last one seen; the rest is what it was. */
const SMOOTHING = 0.4;

type Meter = { readonly bytes: number; readonly atMs: number; readonly ratePerSecond: number | null };

/** Follows partitions that are being moved: what is copied of each, and how fast. */
export class MovesWatch {
  private meters = new Map<string, Meter>();

  constructor(
    private readonly source: () => ColumnSource,
    private readonly nowMs: () => number = Date.now,
  ) {}

  /** Asks the cluster once. Throws ProblemError when it refuses, rejects with a ClientError when it does not answer. */
  async read(): Promise<ActiveMoves> {
    const { client, identity } = this.source();
    const title = "Moves could not be read";
    const found = await listReassignments(client);
    if ("errorCode" in found) {
      const needs = { operation: "Describe", resource: "cluster" as const };
      throw new ProblemError(kafkaProblem(found.errorCode, found.message, { title, needs, identity }));
    }
    if (found.length === 0) {
      this.meters.clear();
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
    this.meters = new Map([...this.meters].filter(([, { atMs }]) => atMs === readAtMs));
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
      ratePerSecond: this.rate(`${topic}/${partition}`, copiedBytes, readAtMs),
      away: adding.filter((id) => !metadata.brokers.has(id)),
    };
  }

  private rate(key: string, bytes: number, atMs: number): number | null {
    const before = this.meters.get(key);
    const seconds = before === undefined ? 0 : (atMs - before.atMs) / 1_000;
    let ratePerSecond = before?.ratePerSecond ?? null;
    if (before !== undefined && seconds > 0) {
      const now = Math.max(0, bytes - before.bytes) / seconds;
      const smooth = ratePerSecond === null ? now : SMOOTHING * now + (1 - SMOOTHING) * ratePerSecond;
      // What fades never comes to zero by itself; less than a byte a second stands still.
      ratePerSecond = smooth < 1 ? 0 : smooth;
    }
    this.meters.set(key, { bytes, atMs, ratePerSecond });
    return ratePerSecond;
  }
}
