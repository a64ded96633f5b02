import type { MessageQuery } from "../../lib/contracts/messages.ts";
import type { TopicShape } from "../../lib/contracts/shape.ts";
import { succeed } from "../../lib/result.ts";
import { prepareReading } from "../client/read-records.ts";
import { findPlaces } from "./find-places.ts";
import { isLearntFrom } from "./learn-shape.ts";
import { packRecords, type PlainRecord } from "./packed-records.ts";
import { findRanges } from "./reading/find-ranges.ts";
import type { PlacedRecord } from "./reading/merge-by-time.ts";
import { readPage } from "./reading/read-page.ts";
import { wantedOf } from "./read-messages.ts";
import { defineUseCase } from "./use-case.ts";

type Input = { readonly cluster: string; readonly topic: string; readonly query: MessageQuery };

/** The fields of the JSON values of a sample: of the records that the query reads. */
export const readShape = defineUseCase<Input, TopicShape>({
  failed: ({ topic }) => `The shape of ${topic} could not be learnt`,
  async run({ context, cluster }, { topic, query }, title) {
    const [places] = await Promise.all([findPlaces(cluster, wantedOf(topic, query), title), prepareReading()]);
    if (!places.ok) return places;
    const ranges = await findRanges(cluster, places.value, query, Date.now());
    const page = await readPage({ cluster, topic, query, ranges });
    const times = page.records.flatMap(({ record }) => (record.timestampMs >= 0 ? [record.timestampMs] : []));
    const packed = await packRecords(page.records.map(plainOf).filter(isLearntFrom));
    const learnt = await context.learning.run("shape", { packed, valueAs: query.valueAs });
    return succeed({
      sampled: page.records.length,
      ...learnt,
      firstMs: times.length === 0 ? null : Math.min(...times),
      lastMs: times.length === 0 ? null : Math.max(...times),
      readAtMs: Date.now(),
    });
  },
});

/** What is learnt from, without what else the answers of brokers hold. */
function plainOf({ topic, record: { key, value, headers } }: PlacedRecord): PlainRecord {
  return { topic, key, value, headers };
}
