import { mkdir, open, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import * as z from "zod/mini";
import { topicName } from "../../lib/contracts/primitives.ts";
import { formatBytes, formatNumberOf } from "../../lib/format.ts";
import { describeTopic } from "../client/admin/topics.ts";
import { prepareReading } from "../client/read-records.ts";
import type { Cluster } from "./cluster.ts";
import { JobFailed, jobKind, type JobRun } from "./engine/jobs/job-kind.ts";
import { clusterOfJob } from "./job-cluster.ts";
import { ownConfigs } from "./own-configs.ts";
import { headLine, recordLine, savedFile } from "./saved-topic-file.ts";
import { leftIn, readingPlace, readNext, topicGone, wholeTopic } from "./topic-reading.ts";
import { replicationFactorOf } from "./topic-summary.ts";

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

/**
 * The job that saves a topic's messages in a file, up to where they end when it begins: first a line of what the topic is, then a line of JSON each, keys,
 * values and headers as base64, in a gzip of one member a portion. It goes on where it was after a restart, each message once.
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
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(path, "a", 0o600);
      try {
        await truncate(path, state.sizeBytes);
        if (state.sizeBytes === 0) {
          const head = await compress(await headOf(cluster, topic, run));
          await file.write(head);
          state.sizeBytes = head.byteLength;
        }
        tell(state, run);
        for (const own of state.partitions)
          while (own.next < own.end) {
            const { records, nextOffset } = await readNext(cluster, topic, own);
            if (records.length > 0) {
              const bytes = await compress(records.map((record) => recordLine(own.partition, record)).join(""));
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

/** What the topic is. Settings that may not be read are left out, which the log says. */
async function headOf(cluster: Cluster, topic: string, run: JobRun<Checkpoint>): Promise<string> {
  const found = await describeTopic(cluster.client, topic);
  if (found?.errorCode !== 0) throw new JobFailed(topicGone(topic));
  const configs = await ownConfigs(cluster, topic, "Its settings are not in the file");
  if (!configs.ok) run.log(`${configs.problem.title}: ${configs.problem.detail}`);
  const replicationFactor = replicationFactorOf(found);
  return headLine({
    topic,
    partitions: found.partitions.length,
    replicationFactor,
    configs: configs.ok ? { ...configs.value } : {},
  });
}

function tell(state: Checkpoint, run: JobRun<Checkpoint>): void {
  const { saved, total, sizeBytes, partitions } = state;
  const kept = { saved, total, sizeBytes, partitions: partitions.map((own) => ({ ...own })) };
  run.checkpoint(kept, { done: saved, total, unit, note: formatBytes(sizeBytes) });
}
