import type { Problem } from "../../../lib/problem.ts";
import { problem } from "../../../lib/problem.ts";
import { type ReadRecord, readRecords, type RecordsRead } from "../../client/read-records.ts";
import type { Cluster } from "../cluster.ts";
import { logBounds } from "../log-bounds.ts";
import { kafkaProblem, toProblem } from "../to-problem.ts";
import type { ReadBudget } from "./read-budget.ts";

/** Kafka's code for an offset that retention has taken meanwhile (`OFFSET_OUT_OF_RANGE`). */
const OFFSET_OUT_OF_RANGE = 1;

/** Bytes that one request asks for: some thousand ordinary records, and one of any size. */
const CHUNK_BYTES = 1024 * 1024;

/** The part of a partition that is read: offsets from `start` to before `end`, as they were when the page was asked for. */
export type PartitionRange = {
  readonly cluster: Cluster;
  readonly topic: string;
  readonly partition: number;
  readonly start: number;
  readonly end: number;
  readonly budget: ReadBudget;
  /** Control records too. */
  readonly withControl: boolean;
};

/** Records of one partition, one after the other, in the order of the page. */
export type PartitionSource = {
  readonly topic: string;
  readonly partition: number;
  /** Where a page ends in this partition: all between here and where reading began has been handed out. */
  readonly edgeOffset: number;
  /** The next record; undefined when there is none, or none that can be read: then `problem` says why. */
  head(): Promise<ReadRecord | undefined>;
  /** Takes the head. */
  advance(): void;
  readonly problem: Problem | null;
  /** Where its first read begins, so that the first reads of many partitions can share requests. */
  readonly firstPosition: number;
  /** Takes what such a read brought, before `head` is asked. */
  prime(read: RecordsRead): void;
};

/** Reads a chunk of a range. Failures become the range's problem, and end it. */
export class ChunkReader {
  problem: Problem | null = null;
  private primed: { readonly position: number; readonly read: RecordsRead } | undefined;

  constructor(private readonly range: PartitionRange) {}

  /** Keeps what is there from an offset on, read with others' first chunks. */
  prime(position: number, read: RecordsRead): void {
    // A batch that did not fit the shared answer is asked for again by itself, as is all that failed.
    if (read.errorCode === 0 && read.nextOffset > position) this.primed = { position, read };
  }

  /** What is there from an offset on; undefined at the end of the budget, after a failure, or where nothing more comes. */
  async read(fromOffset: number): Promise<RecordsRead | undefined> {
    const { cluster, topic, partition, budget, withControl } = this.range;
    const { primed } = this;
    this.primed = undefined;
    if (primed?.position === fromOffset) {
      budget.spend(primed.read.records.length, primed.read.sizeBytes);
      return primed.read;
    }
    const title = `Partition ${partition} was not read whole`;
    const exhaustion = budget.exhaustion();
    if (exhaustion !== undefined) {
      this.problem = problem({ code: "timed-out", title, detail: exhaustion, suggestion: "Ask for fewer messages." });
      return undefined;
    }
    const attempt = {
      title,
      facts: [["partition", `${topic}-${partition}`]] as const,
      needs: { operation: "Read", resource: { topic } },
      identity: cluster.identity,
    };
    try {
      const position = { topic, partition, fromOffset, isolation: "uncommitted" as const, withControl };
      const deadlineMs = cluster.client.deadline(budget.leftMs);
      const read = await readRecords(cluster.client, { ...position, maxBytes: CHUNK_BYTES, maxWaitMs: 0, deadlineMs });
      budget.spend(read.records.length, read.sizeBytes);
      if (read.errorCode === OFFSET_OUT_OF_RANGE) {
        const start = (await logBounds(cluster, { topic, partition }))?.start;
        if (start !== undefined && start > fromOffset) return { ...read, errorCode: 0, nextOffset: start };
      }
      if (read.errorCode !== 0) {
        this.problem = kafkaProblem(read.errorCode, read.fault, attempt);
        return undefined;
      }
      if (read.nextOffset > fromOffset) return read;
      // A fetch that brings nothing before the end: a format that we do not read, or a broker that lost its tail.
      if (read.fault !== null) this.problem = kafkaProblem(2, `Unreadable: ${read.fault}.`, attempt);
      return undefined;
    } catch (error) {
      const found = toProblem(error, attempt);
      if (found === undefined) throw error;
      this.problem = found;
      return undefined;
    }
  }
}
