import type { RecordDetail } from "../../lib/contracts/messages.ts";
import type { AnnotatedBytes } from "../client/annotate-batch.ts";
import type { RecordInBatch } from "../client/read-batch.ts";
import { payloadDetailOf } from "./payload-detail.ts";
import { type DecoderChoices, placeFactsOf } from "./record-summary.ts";

/** A record as it was found in its batch. */
export type FoundRecord = {
  readonly topic: string;
  readonly partition: number;
  readonly found: RecordInBatch;
  readonly choices: DecoderChoices;
};

/** All that is said of one record. */
export function recordDetailOf({ topic, partition, found, choices }: FoundRecord): RecordDetail {
  const { record, batch, anatomy } = found;
  const { key, headers } = record;
  const part = (name: "key" | "value" | "header", bytes: Uint8Array | null, choice?: DecoderChoices["keyAs"]) =>
    payloadDetailOf({ bytes, topic, part: name, key, headers }, choice);
  return {
    ...placeFactsOf({ topic, partition, record }),
    key: part("key", key, choices.keyAs),
    value: part("value", record.value, choices.valueAs),
    headers: headers.map((header) => ({ key: header.key, value: part("header", header.value) })),
    batch: {
      baseOffset: String(batch.baseOffset),
      lastOffset: String(batch.lastOffset),
      recordCount: batch.recordCount,
      sizeBytes: batch.sizeBytes,
      codec: batch.codec,
      recordBytes: batch.recordBytes,
      storedBytes: batch.storedBytes,
      leaderEpoch: batch.leaderEpoch,
      maxTimestampMs: batch.maxTimestampMs,
      producerId: batch.producerId < 0 ? null : String(batch.producerId),
      producerEpoch: batch.producerEpoch,
      baseSequence: batch.baseSequence,
      isTransactional: batch.isTransactional,
      fate: batch.fate,
    },
    anatomy: { header: annotatedOf(anatomy.header), record: annotatedOf(anatomy.record) },
  };
}

function annotatedOf({ bytes, spans }: AnnotatedBytes): RecordDetail["anatomy"]["header"] {
  return { hex: Buffer.from(bytes).toString("hex"), spans: [...spans] };
}
