import { setImmediate as yieldOnce } from "node:timers/promises";
import type { MessageQuery } from "../../lib/contracts/messages.ts";
import type { TopicShape } from "../../lib/contracts/shape.ts";
import { JsonShape } from "../../lib/json-shape.ts";
import { succeed } from "../../lib/result.ts";
import { prepareReading } from "../client/read-records.ts";
import { decode } from "./decoding/decode.ts";
import { findPlaces } from "./find-places.ts";
import { findRanges } from "./reading/find-ranges.ts";
import { readPage } from "./reading/read-page.ts";
import { wantedOf } from "./read-messages.ts";
import { defineUseCase } from "./use-case.ts";

/** Bytes of values between two breaths, so that others are served while a sample is learnt from: some milliseconds. */
const SLICE_BYTES = 64 * 1024;
/** Longer values are left out: learning a hundred of them would take seconds. */
const VALUE_BYTES_MAX = 1024 * 1024;

type Input = { readonly cluster: string; readonly topic: string; readonly query: MessageQuery };

/** The fields of the JSON values of a sample: of the records that the query reads. */
export const readShape = defineUseCase<Input, TopicShape>({
  failed: ({ topic }) => `The shape of ${topic} could not be learnt`,
  async run({ cluster }, { topic, query }, title) {
    const [places] = await Promise.all([findPlaces(cluster, wantedOf(topic, query), title), prepareReading()]);
    if (!places.ok) return places;
    const ranges = await findRanges(cluster, places.value, query, Date.now());
    const page = await readPage({ cluster, topic, query, ranges });
    const shape = new JsonShape();
    let json = 0;
    const times: number[] = [];
    let sliceBytes = 0;
    for (const { topic: own, record } of page.records) {
      sliceBytes += record.value?.length ?? 0;
      if (sliceBytes > SLICE_BYTES) {
        sliceBytes = 0;
        await yieldOnce();
      }
      if (record.timestampMs >= 0) times.push(record.timestampMs);
      if (record.value === null || record.value.length > VALUE_BYTES_MAX) continue;
      const place = { bytes: record.value, isCut: false, topic: own, part: "value", key: record.key } as const;
      const { form, text } = decode(place, query.valueAs);
      if (form !== "json" || !/^\s*[{[]/.test(text)) continue;
      shape.add(text);
      json += 1;
    }
    return succeed({
      sampled: page.records.length,
      json,
      fields: shape.result(),
      isCut: shape.isCut,
      firstMs: times.length === 0 ? null : Math.min(...times),
      lastMs: times.length === 0 ? null : Math.max(...times),
      readAtMs: Date.now(),
    });
  },
});
