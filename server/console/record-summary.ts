import type { DecoderChoice } from "../../lib/contracts/decoding.ts";
import { pointersOf, type RecordSummary } from "../../lib/contracts/messages.ts";
import { jsonTextAt, pathOf } from "../../lib/json-text.ts";
import type { ControlFacts, ReadRecord } from "../client/read-records.ts";
import { decodeBeginning, previewPayload } from "./decoding/preview.ts";
import type { PlacedRecord } from "./reading/merge-by-time.ts";

/** Who set a record's timestamp. */
export function timestampTypeOf({ timestampMs, batch }: ReadRecord): RecordSummary["timestampType"] {
  return timestampMs < 0 ? "none" : batch.timestampType;
}

/** How keys and values are read, and which fields of values are wanted beside them. */
export type DecoderChoices = {
  readonly columns?: string | undefined;
  readonly keyAs?: DecoderChoice | undefined;
  readonly valueAs?: DecoderChoice | undefined;
};

/** A record as one line of a list. */
export function summariseRecord(placed: PlacedRecord, { keyAs, valueAs, columns }: DecoderChoices = {}): RecordSummary {
  const { topic, partition, record } = placed;
  const { key, headers, control } = record;
  return {
    topic,
    partition,
    offset: String(record.offset),
    timestampMs: record.timestampMs,
    timestampType: timestampTypeOf(record),
    key: previewPayload({ topic, part: "key", bytes: key, key, headers }, keyAs),
    value: previewPayload({ topic, part: "value", bytes: record.value, key, headers }, valueAs),
    headerCount: record.headers.length,
    ...(control ? { control: controlWords(record, control) } : {}),
    ...(columns === undefined ? {} : { fields: fieldsOf(placed, pointersOf(columns), valueAs) }),
  };
}

/** What a control record says. */
export function controlWords({ batch }: Pick<ReadRecord, "batch">, { type, coordinatorEpoch }: ControlFacts): string {
  if (type !== "commit" && type !== "abort") return `control record: ${type}`;
  const what = type === "commit" ? "transaction committed" : "transaction aborted";
  return `${what} · producer ${batch.producerId} epoch ${batch.producerEpoch} · coordinator epoch ${coordinatorEpoch ?? "?"}`;
}

/** Characters of a field in a list. */
const FIELD_CHARACTERS = 200;

/** Fields of a value, each as it was written. */
function fieldsOf(
  { topic, record }: PlacedRecord,
  pointers: readonly string[],
  choice: DecoderChoice | undefined,
): (string | null)[] {
  const { key, value: bytes, headers } = record;
  const { form, text } = decodeBeginning({ topic, part: "value", bytes, key, headers }, choice);
  return pointers.map((pointer) => {
    const found = form === "json" ? jsonTextAt(text, pathOf(pointer) ?? []) : undefined;
    return found === undefined ? null : found.slice(0, FIELD_CHARACTERS);
  });
}
