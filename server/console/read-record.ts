import type { RecordDetail } from "../../lib/contracts/messages.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { type RecordInBatch, readRecordInBatch } from "../client/read-batch.ts";
import type { Cluster } from "./cluster.ts";
import { findPartitions } from "./find-partitions.ts";
import { findTopic } from "./find-topic.ts";
import { logBounds } from "./log-bounds.ts";
import type { DecoderChoices } from "./record-summary.ts";
import { kafkaProblem } from "./to-problem.ts";
import { defineUseCase } from "./use-case.ts";

type Address = {
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

/** One record, keys and values up to 256 KiB, by its address. Another record is never shown in its place. */
export const readRecord = defineUseCase<Address & { readonly query?: DecoderChoices }, RecordDetail>({
  failed: ({ partition, offset }) => `Record ${partition}:${offset} could not be read`,
  async run({ context, cluster }, input, title) {
    const found = await findRecord(cluster, input, title);
    if (!found.ok) return found;
    const { topic, partition, query = {} } = input;
    return succeed(await context.decoding.run("detail", { topic, partition, found: found.value, choices: query }));
  },
});

/** A part of a record as it is stored, however large. */
export const readPayload = defineUseCase<
  Address & { readonly part: "key" | "value" },
  { readonly bytes: Uint8Array | null }
>({
  failed: ({ partition, offset, part }) => `The ${part} of record ${partition}:${offset} could not be read`,
  async run({ cluster }, input, title) {
    const found = await findRecord(cluster, input, title);
    return found.ok ? succeed({ bytes: found.value.record[input.part] }) : found;
  },
});

async function findRecord(cluster: Cluster, input: Address, title: string): Promise<Result<RecordInBatch>> {
  const { topic, partition } = input;
  const found = await findTopic(cluster, topic, title);
  if (!found.ok) return found;
  const chosen = findPartitions(found.value, [partition], title);
  if (!chosen.ok) return chosen;
  const offset = Number(input.offset);
  if (!Number.isSafeInteger(offset) || offset < 0) return notFound(cluster, input, title);
  const deadlineMs = cluster.client.deadline(PATIENCE_MS);
  const read = await readRecordInBatch(cluster.client, { topic, partition, offset, deadlineMs });
  if (read.found === "record") return succeed(read.value);
  if (read.found === "nothing" || read.errorCode === OFFSET_OUT_OF_RANGE) return notFound(cluster, input, title);
  const attempt = {
    title,
    facts: [["partition", `${topic}-${partition}`]] as const,
    needs: { operation: "Read", resource: { topic } },
    identity: cluster.identity,
  };
  return fail(kafkaProblem(read.errorCode, read.fault, attempt));
}

async function notFound(
  cluster: Cluster,
  { topic, partition, offset }: Address,
  title: string,
): Promise<Result<never>> {
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
