import * as z from "zod/mini";
import { topicName } from "../../lib/contracts/primitives.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { partitionForKey } from "../../lib/murmur2.ts";
import { describeTopic } from "../client/admin/topics.ts";
import { RecordWriter } from "../client/record-writer.ts";
import { prepareReading, type ReadRecord } from "../client/read-records.ts";
import type { Cluster } from "./cluster.ts";
import { JobFailed, jobKind, type JobRun } from "./engine/jobs/job-kind.ts";
import { clusterOfJob } from "./job-cluster.ts";
import { kafkaProblem } from "./to-problem.ts";
import { leftIn, readingPlace, readNext, topicGone, wholeTopic } from "./topic-reading.ts";

export const COPY_RECORDS = "copy-records";

const unit = "messages";

const spec = z.object({ from: topicName, to: topicName });
type Spec = z.infer<typeof spec>;

const checkpointSchema = z.object({ partitions: z.array(readingPlace), copied: z.number(), total: z.number() });
type Checkpoint = z.infer<typeof checkpointSchema>;

/**
 * The job that copies a topic's messages into another, up to where they end when it begins: keys, values, headers and timestamps byte for byte.
 * A partition goes to the one of its number where there are as many, else each message goes where its key belongs. Messages of aborted transactions
 * are left out. After a kill some of the last second's messages may be there twice.
 */
export function copyRecordsKind(clusters: ReadonlyMap<string, Cluster>) {
  return jobKind<Spec, Checkpoint>({
    kind: COPY_RECORDS,
    input: spec,
    checkpoint: checkpointSchema,
    unit,
    cancelMeans: null,
    async run({ cluster: slug, input, checkpoint }, run) {
      const cluster = clusterOfJob(clusters, slug);
      await prepareReading();
      const state = checkpoint ?? (await beginning(cluster, input.from));
      tell(state, run);
      const copier = await Copier.open(cluster, input);
      for (const own of state.partitions)
        while (own.next < own.end) {
          const { records, nextOffset } = await readNext(cluster, input.from, own);
          await copier.write(own.partition, records);
          state.copied += records.length;
          own.next = nextOffset;
          tell(state, run);
        }
      run.log(`Copied ${formatNumberOf(state.copied, "message")} from ${input.from} to ${input.to}.`);
      cluster.forgetTopics();
    },
  });
}

async function beginning(cluster: Cluster, from: string): Promise<Checkpoint> {
  const partitions = await wholeTopic(cluster, from);
  return { partitions, copied: 0, total: leftIn(partitions) };
}

function tell({ partitions, copied, total }: Checkpoint, run: JobRun<Checkpoint>): void {
  const kept = { partitions: partitions.map((own) => ({ ...own })), copied, total };
  run.checkpoint(kept, { done: copied, total, unit, note: null });
}

/** Writes what was read to where it belongs. */
class Copier {
  private turn = 0;

  private constructor(
    private readonly cluster: Cluster,
    private readonly to: string,
    private readonly writer: RecordWriter,
    private readonly partitions: number,
    private readonly isSameShape: boolean,
  ) {}

  static async open(cluster: Cluster, { from, to }: Spec): Promise<Copier> {
    const [source, target] = [await describeTopic(cluster.client, from), await describeTopic(cluster.client, to)];
    if (source?.errorCode !== 0) throw new JobFailed(topicGone(from));
    if (target?.errorCode !== 0) throw new JobFailed(topicGone(to));
    const writer = await RecordWriter.open(cluster.client);
    if (typeof writer === "number") {
      const needs = { operation: "IdempotentWrite", resource: "cluster" as const };
      const title = `Messages could not be written to ${to}`;
      throw new JobFailed(kafkaProblem(writer, null, { title, needs, identity: cluster.identity }));
    }
    const count = target.partitions.length;
    return new Copier(cluster, to, writer, count, source.partitions.length === count);
  }

  async write(partition: number, records: readonly ReadRecord[]): Promise<void> {
    const groups = new Map<number, ReadRecord[]>();
    for (const record of records) {
      const target = this.isSameShape ? partition : this.partitionOf(record);
      const group = groups.get(target);
      if (group) group.push(record);
      else groups.set(target, [record]);
    }
    for (const [target, own] of groups) for (const batch of byCodec(own)) await this.writeBatch(target, batch);
  }

  private partitionOf({ key }: ReadRecord): number {
    if (key !== null) return partitionForKey(key, this.partitions);
    this.turn = (this.turn + 1) % this.partitions;
    return this.turn;
  }

  private async writeBatch(partition: number, records: readonly ReadRecord[]): Promise<void> {
    const topic = this.to;
    const codec = records[0]?.batch.codec ?? "none";
    const bare = records.map(({ timestampMs, key, value, headers }) => ({ timestampMs, key, value, headers }));
    const { errorCode, message } = await this.writer.write({ topic, partition }, bare, codec);
    if (errorCode === 0) return;
    const needs = { operation: "Write", resource: { topic } };
    const title = `Messages could not be written to ${topic}-${partition}`;
    throw new JobFailed(kafkaProblem(errorCode, message, { title, needs, identity: this.cluster.identity }));
  }
}

/** Neighbours that were compressed alike: then a batch that is written is no larger than what was read. */
function byCodec(records: readonly ReadRecord[]): ReadRecord[][] {
  const batches: ReadRecord[][] = [];
  let codec: string | undefined;
  for (const record of records) {
    const last = batches.at(-1);
    if (last && record.batch.codec === codec) last.push(record);
    else batches.push([record]);
    codec = record.batch.codec;
  }
  return batches;
}
