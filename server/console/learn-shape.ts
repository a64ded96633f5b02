import type { DecoderChoice } from "../../lib/contracts/decoding.ts";
import type { TopicShape } from "../../lib/contracts/shape.ts";
import { JsonShape } from "../../lib/json-shape.ts";
import type { ReadRecord } from "../client/read-records.ts";
import { decode } from "./decoding/decode.ts";

/** Longer values are left out: learning a hundred of them would take seconds. */
const VALUE_BYTES_MAX = 1024 * 1024;

/** A record as far as a shape is learnt from it. */
export type LearntRecord = Pick<ReadRecord, "key" | "value" | "headers"> & { readonly topic: string };

/** Records whose values have a shape. */
export type Lesson = { readonly placed: readonly LearntRecord[]; readonly valueAs?: DecoderChoice | undefined };

/** Learns the fields of the JSON values of records. Takes seconds for thousands. */
export function learnShape({ placed, valueAs }: Lesson): Pick<TopicShape, "json" | "fields" | "isCut"> {
  const shape = new JsonShape();
  let json = 0;
  for (const { topic, key, value: bytes, headers } of placed) {
    if (bytes === null || bytes.length > VALUE_BYTES_MAX) continue;
    const { form, text } = decode({ topic, part: "value", bytes, key, headers, isCut: false }, valueAs);
    if (form !== "json" || !/^\s*[{[]/.test(text)) continue;
    shape.add(text);
    json += 1;
  }
  return { json, fields: shape.result(), isCut: shape.isCut };
}
