import { detailBytes, type PayloadBytes, type RecordDetail } from "../../lib/contracts/messages.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { prepareReading, type ReadRecord, readRecords } from "../client/read-records.ts";
import type { Cluster } from "./cluster.ts";
import { findPartitions } from "./find-partitions.ts";
import { findTopic } from "./find-topic.ts";
import { logBounds } from "./log-bounds.ts";
import { timestampTypeOf } from "./record-summary.ts";
import { kafkaProblem } from "./to-problem.ts";
import { defineUseCase } from "./use-case.ts";

type Input = {
  readonly cluster: string;
  readonly topic: string;
  readonly partition: number;
  /** Decimal text. */
  readonly offset: string;
};

/** Kafka's code for an offset outside the log (`OFFSET_OUT_OF_RANGE`). */
const OFFSET_OUT_OF_RANGE = 1;

/** A leader that moves is followed for this long. */
const PATIENCE_MS = 3_000;

/** One record whole, by its address. Another record is never shown in its place. */
export const readRecord = defineUseCase<Input, RecordDetail>({
  failed: ({ partition, offset }) => `Record ${partition}:${offset} could not be read`,
  async run({ cluster }, input, title) {
    const { topic, partition } = input;
    const [found] = await Promise.all([findTopic(cluster, topic, title), prepareReading()]);
    if (!found.ok) return found;
    const chosen = findPartitions(found.value, partition, title);
    if (!chosen.ok) return chosen;
    const fromOffset = Number(input.offset);
    if (!Number.isSafeInteger(fromOffset) || fromOffset < 0) return notFound(cluster, input, title);
    const read = await readRecords(cluster.client, {
      topic,
      partition,
      fromOffset,
      isolation: "uncommitted",
      // One batch is enough, and a whole one always comes.
      maxBytes: 1,
      maxWaitMs: 0,
      deadlineMs: cluster.client.deadline(PATIENCE_MS),
    });
    if (read.errorCode === OFFSET_OUT_OF_RANGE) return notFound(cluster, input, title);
    if (read.errorCode !== 0) {
      const attempt = {
        title,
        facts: [["partition", `${topic}-${partition}`]] as const,
        needs: { operation: "Read", resource: { topic } },
        identity: cluster.identity,
      };
      return fail(kafkaProblem(read.errorCode, read.fault, attempt));
    }
    const record = read.records.find(({ offset }) => offset === fromOffset);
    return record ? succeed(detailOf(partition, record)) : notFound(cluster, input, title);
  },
});

async function notFound(cluster: Cluster, { topic, partition, offset }: Input, title: string): Promise<Result<never>> {
  const facts: [string, string][] = [["record", `${topic} partition ${partition} offset ${offset}`]];
  const bounds = await logBounds(cluster, { topic, partition });
  if (bounds) facts.push(["first offset", String(bounds.start)], ["next offset", String(bounds.end)]);
  return fail(
    problem({
      code: "record-not-found",
      title,
      detail: `Partition ${partition} of ${topic} has no record at offset ${offset}.`,
      suggestion: "Retention or compaction may have removed it, or it was not written yet.",
      facts,
    }),
  );
}

function detailOf(partition: number, record: ReadRecord): RecordDetail {
  const { batch } = record;
  return {
    partition,
    offset: String(record.offset),
    timestampMs: record.timestampMs,
    timestampType: timestampTypeOf(record),
    key: payloadOf(record.key),
    value: payloadOf(record.value),
    headers: record.headers.map(({ key, value }) => ({ key, value: payloadOf(value) })),
    batch: {
      baseOffset: String(batch.baseOffset),
      recordCount: batch.recordCount,
      sizeBytes: batch.sizeBytes,
      codec: batch.codec,
      leaderEpoch: batch.leaderEpoch,
      producerId: batch.producerId < 0 ? null : String(batch.producerId),
      producerEpoch: batch.producerEpoch,
      isTransactional: batch.isTransactional,
    },
  };
}

function payloadOf(bytes: Uint8Array | null): PayloadBytes {
  if (bytes === null) return { base64: null, sizeBytes: 0, truncated: false };
  const shown = bytes.subarray(0, detailBytes);
  return {
    base64: Buffer.from(shown.buffer, shown.byteOffset, shown.byteLength).toString("base64"),
    sizeBytes: bytes.length,
    truncated: bytes.length > detailBytes,
  };
}
