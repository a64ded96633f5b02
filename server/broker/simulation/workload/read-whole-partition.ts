import type { Environment } from "../../../environment/environment.ts";
import { ClientError } from "../../../client/client-error.ts";
import type { ClusterClient } from "../../../client/cluster-client.ts";
import { pause } from "../../../client/pause.ts";
import { readPartition } from "../../../client/read-partition.ts";
import { NONE } from "../../../wire/errors.ts";
import { batchesIn } from "../../../wire/record-batch.ts";
import { recordsOf } from "../../../wire/record-cursor.ts";
import type { WrittenRecord } from "../history.ts";

const RETRY_MS = 100;
const MAX_BYTES = 1_048_576;

/** All records of a partition from its start to its end, asked for until somebody answers. */
export async function readWholePartition(
  { clock }: Environment,
  client: ClusterClient,
  { topic, partition }: { readonly topic: string; readonly partition: number },
): Promise<WrittenRecord[]> {
  const records: WrittenRecord[] = [];
  let position = 0;
  for (;;) {
    try {
      const read = await readPartition(client, {
        topic,
        partition,
        fromOffset: position,
        isolation: "uncommitted",
        maxBytes: MAX_BYTES,
        maxWaitMs: 0,
      });
      if (read.errorCode === NONE) {
        for (const batch of batchesIn(read.records)) {
          for (const { offset, value } of recordsOf(batch)) {
            if (offset < position) continue;
            records.push({ partition, offset, value: Buffer.from(value ?? []).toString() });
            position = offset + 1;
          }
        }
        if (position >= read.highWatermark) return records;
        continue;
      }
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
    }
    await pause(clock, RETRY_MS);
  }
}
