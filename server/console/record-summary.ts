import type { DecoderChoice } from "../../lib/contracts/decoding.ts";
import { pointersOf, type RecordSummary } from "../../lib/contracts/messages.ts";
import { jsonTextAt, pathOf } from "../../lib/json-text.ts";
import type { ControlFacts, ReadRecord } from "../client/read-records.ts";
import { decodeBeginning, previewPayload } from "./decoding/preview.ts";
import type { PlacedRecord } from "./reading/merge-by-time.ts";

/** Where and when a record was written, and what a control record says: the same wherever a record is told of. */
export function placeFactsOf({ topic, partition, record }: PlacedRecord) {
  const { offset, timestampMs, batch, control } = record;
  const timestampType: RecordSummary["timestampType"] = timestampMs < 0 ? "none" : batch.timestampType;
  return {
    topic,
    partition,
    offset: String(offset),
    timestampMs,
    timestampType,
    ...(control ? { control: controlWords(record, control) } : {}),
  };
}

/** How keys and values are read, and which fields of values are wanted beside them. */
export type DecoderChoices = {
  readonly columns?: string | undefined;
  readonly keyAs?: DecoderChoice | undefined;
  readonly valueAs?: DecoderChoice | undefined;
};

/** A record as one line of a list. */
export function summariseRecord(placed: PlacedRecord, { keyAs, valueAs, columns }: DecoderChoices = {}): RecordSummary {
  const { topic, record } = placed;
  const { key, headers } = record;
  return {
    ...placeFactsOf(placed),
    key: previewPayload({ topic, part: "key", bytes: key, key, headers }, keyAs),
    value: previewPayload({ topic, part: "value", bytes: record.value, key, headers }, valueAs),
    headerCount: headers.length,
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
