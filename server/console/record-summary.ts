import type { RecordSummary } from "../../lib/contracts/messages.ts";
import type { ReadRecord } from "../client/read-records.ts";
import { previewPayload } from "./decoding/preview.ts";

/** Who set a record's timestamp. */
export function timestampTypeOf({ timestampMs, batch }: ReadRecord): RecordSummary["timestampType"] {
  return timestampMs < 0 ? "none" : batch.timestampType;
}

/** A record as one line of a list. */
export function summariseRecord(topic: string, partition: number, record: ReadRecord): RecordSummary {
  const { key } = record;
  return {
    partition,
    offset: String(record.offset),
    timestampMs: record.timestampMs,
    timestampType: timestampTypeOf(record),
    key: previewPayload({ topic, part: "key", bytes: key, key }),
    value: previewPayload({ topic, part: "value", bytes: record.value, key }),
    headerCount: record.headers.length,
  };
}
