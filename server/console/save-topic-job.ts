import { mkdir, open, truncate } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import * as z from "zod/mini";
import { topicName } from "../../lib/contracts/primitives.ts";
import { formatBytes, formatNumberOf } from "../../lib/format.ts";
import { prepareReading, type ReadRecord } from "../client/read-records.ts";
import type { Cluster } from "./cluster.ts";
import { jobKind, type JobRun } from "./engine/jobs/job-kind.ts";
import { clusterOfJob } from "./job-cluster.ts";
import { leftIn, readingPlace, readNext, wholeTopic } from "./topic-reading.ts";

export const SAVE_TOPIC = "save-topic";

const unit = "messages";
const compress = promisify(gzip);

const checkpointSchema = z.object({
  partitions: z.array(readingPlace),
  saved: z.number(),
  total: z.number(),
  /** Of the file that are whole: what stands beyond them was written before a kill. */
  sizeBytes: z.number(),
});
type Checkpoint = z.infer<typeof checkpointSchema>;

/** Where the file of a job is. */
export function savedFile(dataDirectory: string, job: number): string {
  return join(dataDirectory, "saved", `job-${job}.jsonl.gz`);
}

/**
 * The job that saves a topic's messages in a file, up to where they end when it begins: a line of JSON each, keys, values and headers as base64, in
 * a gzip of one member a portion. It goes on where it was after a restart, each message once.
 */
export function saveTopicKind(clusters: ReadonlyMap<string, Cluster>, dataDirectory: string) {
  return jobKind<{ topic: string }, Checkpoint>({
    kind: SAVE_TOPIC,
    input: z.object({ topic: topicName }),
    checkpoint: checkpointSchema,
    unit,
    cancelMeans: null,
    async run({ id, cluster: slug, input: { topic }, checkpoint }, run) {
      const cluster = clusterOfJob(clusters, slug);
      await prepareReading();
      const state = checkpoint ?? (await beginning(cluster, topic));
      const path = savedFile(dataDirectory, id);
      await mkdir(join(path, ".."), { recursive: true, mode: 0o700 });
      const file = await open(path, "a", 0o600);
      try {
        await truncate(path, state.sizeBytes);
        tell(state, run);
        for (const own of state.partitions)
          while (own.next < own.end) {
            const { records, nextOffset } = await readNext(cluster, topic, own);
            if (records.length > 0) {
              const bytes = await compress(records.map((record) => lineOf(own.partition, record)).join(""));
              await file.write(bytes);
              state.sizeBytes += bytes.byteLength;
            }
            state.saved += records.length;
            own.next = nextOffset;
            tell(state, run);
          }
        await file.sync();
      } finally {
        await file.close();
      }
      run.log(`Saved ${formatNumberOf(state.saved, "message")} (${formatBytes(state.sizeBytes)}) in ${path}.`);
    },
  });
}

async function beginning(cluster: Cluster, topic: string): Promise<Checkpoint> {
  const partitions = await wholeTopic(cluster, topic);
  return { partitions, saved: 0, total: leftIn(partitions), sizeBytes: 0 };
}

function tell(state: Checkpoint, run: JobRun<Checkpoint>): void {
  const { saved, total, sizeBytes, partitions } = state;
  const kept = { saved, total, sizeBytes, partitions: partitions.map((own) => ({ ...own })) };
  run.checkpoint(kept, { done: saved, total, unit, note: formatBytes(sizeBytes) });
}

function lineOf(partition: number, { offset, timestampMs, key, value, headers }: ReadRecord): string {
  const line = {
    partition,
    offset,
    timestampMs,
    key: base64(key),
    value: base64(value),
    headers: headers.map((header) => [header.key, base64(header.value)]),
  };
  return `${JSON.stringify(line)}\n`;
}

function base64(bytes: Uint8Array | null): string | null {
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
