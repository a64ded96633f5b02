import type { DecoderChoice } from "../../lib/contracts/decoding.ts";
import type { TopicShape } from "../../lib/contracts/shape.ts";
import { JsonShape } from "../../lib/json-shape.ts";
import { decode } from "./decoding/decode.ts";
import { type PackedRecords, type PlainRecord, unpackRecords } from "./packed-records.ts";

/** Longer values are left out: learning a hundred of them would take seconds. */
const VALUE_BYTES_MAX = 1024 * 1024;

/** Records whose values have a shape. */
export type Lesson = { readonly packed: PackedRecords; readonly valueAs?: DecoderChoice | undefined };

/** Whether a record's value is looked at. */
export function isLearntFrom({ value }: Pick<PlainRecord, "value">): boolean {
  return value !== null && value.length <= VALUE_BYTES_MAX;
}

/** Learns the fields of the JSON values of records. Takes seconds for thousands. */
export function learnShape({ packed, valueAs }: Lesson): Pick<TopicShape, "json" | "fields" | "isCut"> {
  const shape = new JsonShape();
  let json = 0;
  for (const { topic, key, value: bytes, headers } of unpackRecords(packed)) {
    const { form, text } = decode({ topic, part: "value", bytes, key, headers, isCut: false }, valueAs);
    if (form !== "json" || !/^\s*[{[]/.test(text)) continue;
    shape.add(text);
    json += 1;
  }
  return { json, fields: shape.result(), isCut: shape.isCut };
}
