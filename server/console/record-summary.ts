import type { RecordSummary } from "../../lib/contracts/messages.ts";
import { decodePayload } from "../../lib/decode-payload.ts";
import type { ReadRecord } from "../client/read-records.ts";

/** Who set a record's timestamp. */
export function timestampTypeOf({ timestampMs, batch }: ReadRecord): RecordSummary["timestampType"] {
  return timestampMs < 0 ? "none" : batch.timestampType;
}

/** A record as one line of a list. */
export function summariseRecord(partition: number, record: ReadRecord): RecordSummary {
  return {
    partition,
    offset: String(record.offset),
    timestampMs: record.timestampMs,
    timestampType: timestampTypeOf(record),
    key: decodePayload(record.key),
    value: decodePayload(record.value),
    headerCount: record.headers.length,
  };
}
