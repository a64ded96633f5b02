import * as z from "zod/mini";
import { topicName } from "../../lib/contracts/primitives.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { RecordWriter } from "../client/record-writer.ts";
import { prepareReading } from "../client/read-records.ts";
import type { Cluster } from "./cluster.ts";
import { JobFailed, jobKind, JobStopped, type JobRun } from "./engine/jobs/job-kind.ts";
import { clusterOfJob } from "./job-cluster.ts";
import { bytesOf, savedFile, savedLines, type SavedRecord, savedRecord } from "./saved-topic-file.ts";
import { kafkaProblem } from "./to-problem.ts";

export const RESTORE_RECORDS = "restore-records";

const unit = "messages";
/** Of a batch, as base64: below Kafka's usual max.message.bytes of 1 MiB. */
const BATCH_TEXT_MAX = 512 * 1024;

const specSchema = z.object({ job: z.int(), to: topicName, messages: z.number() });
type Spec = z.infer<typeof specSchema>;

const checkpointSchema = z.object({ written: z.number() });
type Checkpoint = z.infer<typeof checkpointSchema>;

/** Messages of one partition that were compressed alike. */
type Batch = {
  readonly first: SavedRecord;
  readonly records: Parameters<RecordWriter["write"]>[1][number][];
  size: number;
};

/** The job that writes a saved topic's messages into the topic that was made for them. After a kill the last second's messages may be there twice. */
export function restoreRecordsKind(clusters: ReadonlyMap<string, Cluster>, dataDirectory: string) {
  return jobKind<Spec, Checkpoint>({
    kind: RESTORE_RECORDS,
    input: specSchema,
    checkpoint: checkpointSchema,
    unit,
    cancelMeans: null,
    async run({ cluster: slug, input, checkpoint }, run) {
      const cluster = clusterOfJob(clusters, slug);
      await prepareReading();
      const restorer = await Restorer.open(cluster, input, checkpoint?.written ?? 0, run);
      const path = savedFile(dataDirectory, input.job);
      try {
        await restorer.takeAll(savedLines(path));
      } catch (error) {
        if (error instanceof JobFailed || error instanceof JobStopped || !isOfFile(error)) throw error;
        const title = `Not all messages of ${input.to} were restored`;
        const detail = `${path} cannot be read to its end: ${error.message}`;
        throw new JobFailed(problem({ code: "not-possible", title, detail }));
      }
      run.log(`Restored ${formatNumberOf(restorer.written, "message")} in ${input.to}.`);
      cluster.forgetTopics();
    },
  });
}

/** What file system, gzip, JSON and the contract say of a file. */
function isOfFile(error: unknown): error is Error {
  return (
    error instanceof SyntaxError || error instanceof z.core.$ZodError || (error instanceof Error && "errno" in error)
  );
}

/** Puts neighbouring messages together and writes them. */
class Restorer {
  private batch: Batch | undefined;

  private constructor(
    private readonly cluster: Cluster,
    private readonly spec: Spec,
    private readonly writer: RecordWriter,
    private readonly run: JobRun<Checkpoint>,
    /** Messages that the topic has. */
    public written: number,
  ) {}

  static async open(cluster: Cluster, own: Spec, written: number, run: JobRun<Checkpoint>): Promise<Restorer> {
    const writer = await RecordWriter.open(cluster.client);
    if (typeof writer !== "number") return new Restorer(cluster, own, writer, run, written);
    const needs = { operation: "IdempotentWrite", resource: "cluster" as const };
    const title = `Messages could not be written to ${own.to}`;
    throw new JobFailed(kafkaProblem(writer, null, { title, needs, identity: cluster.identity }));
  }

  /** Writes all lines but the first, which is the head, and those that were written before. */
  async takeAll(lines: AsyncIterable<string>): Promise<void> {
    let toSkip = this.written + 1;
    this.tell();
    for await (const line of lines) {
      if (toSkip > 0) toSkip -= 1;
      else await this.take(savedRecord.parse(JSON.parse(line)), line.length);
    }
    await this.flush();
  }

  private async take(record: SavedRecord, size: number): Promise<void> {
    const { partition, codec, timestampMs, key, value, headers } = record;
    const { batch } = this;
    const isOther = batch && (batch.first.partition !== partition || batch.first.codec !== codec);
    if (batch && (isOther || batch.size + size > BATCH_TEXT_MAX)) await this.flush();
    this.batch ??= { first: record, records: [], size: 0 };
    this.batch.size += size;
    this.batch.records.push({
      timestampMs,
      key: bytesOf(key),
      value: bytesOf(value),
      headers: headers.map(([name, text]) => ({ key: name, value: bytesOf(text) })),
    });
  }

  private async flush(): Promise<void> {
    const { batch, cluster } = this;
    if (batch === undefined) return;
    this.batch = undefined;
    const place = { topic: this.spec.to, partition: batch.first.partition };
    const { errorCode, message } = await this.writer.write(place, batch.records, batch.first.codec ?? "none");
    if (errorCode !== 0) {
      const needs = { operation: "Write", resource: { topic: place.topic } };
      const title = `Messages could not be written to ${place.topic}-${place.partition}`;
      throw new JobFailed(kafkaProblem(errorCode, message, { title, needs, identity: cluster.identity }));
    }
    this.written += batch.records.length;
    this.tell();
  }

  private tell(): void {
    const { written } = this;
    this.run.checkpoint({ written }, { done: written, total: this.spec.messages, unit, note: null });
  }
}
