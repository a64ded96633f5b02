import { sampleRecords, type TopicFields } from "../../lib/contracts/search.ts";
import { succeed } from "../../lib/result.ts";
import { EARLIEST, LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import { prepareReading, type ReadRecord, readRecords } from "../client/read-records.ts";
import type { Cluster } from "./cluster.ts";
import { findTopic } from "./find-topic.ts";
import { inParallel } from "./in-parallel.ts";
import { FieldSample } from "./search/sample-fields.ts";
import { defineUseCase } from "./use-case.ts";

const READS = 6;
const PARTITIONS_MAX = 12;
/** A sample must cost little, however large the records are. */
const READ_BYTES = 256 * 1024;
const DECODED_BYTES_MAX = 64 * 1024;

/** The fields of a topic's newest records, for whoever writes an expression. */
export const listFields = defineUseCase<{ readonly cluster: string; readonly topic: string }, TopicFields>({
  failed: ({ topic }) => `The fields of ${topic} could not be found out`,
  async run({ context, cluster }, { topic }, title) {
    const [found] = await Promise.all([findTopic(cluster, topic, title), prepareReading()]);
    if (!found.ok) return found;
    const partitions = found.value.partitions.map(({ partitionIndex }) => partitionIndex).slice(0, PARTITIONS_MAX);
    const each = Math.ceil(sampleRecords / Math.max(1, partitions.length));
    const read = await inParallel(partitions, READS, (partition) => newest(cluster, { topic, partition }, each));
    const sample = new FieldSample();
    const records = read.flat();
    const parts = records.flatMap((record) => partsOf(topic, record));
    const decodings = await context.decoding.run("decodings", parts);
    for (const [index, { form, text }] of decodings.entries()) {
      const part = parts[index]?.payload.part;
      if (part !== undefined && form === "json") sample.add(part, JSON.parse(text));
    }
    for (const { headers } of records) addHeaders(sample, headers);
    return succeed({ records: records.length, fields: sample.list() });
  },
});

async function newest(
  { client }: Cluster,
  place: { readonly topic: string; readonly partition: number },
  count: number,
): Promise<readonly ReadRecord[]> {
  const [earliest, latest] = await listOffsets(client, [
    { ...place, timestampMs: EARLIEST },
    { ...place, timestampMs: LATEST },
  ]);
  if (earliest?.errorCode !== 0 || latest?.errorCode !== 0 || latest.offset <= earliest.offset) return [];
  const fromOffset = Math.max(earliest.offset, latest.offset - count);
  const request = { ...place, fromOffset, isolation: "uncommitted" as const, maxBytes: READ_BYTES, maxWaitMs: 0 };
  return (await readRecords(client, request)).records;
}

/** Its value and key, where they are not too large to learn from. */
function partsOf(topic: string, { key, value, headers }: ReadRecord) {
  const parts = [
    ["value", value],
    ["key", key],
  ] as const;
  return parts.flatMap(([part, bytes]) =>
    bytes === null || bytes.length > DECODED_BYTES_MAX
      ? []
      : [{ payload: { topic, part, bytes, key, headers, isCut: false } }],
  );
}

function addHeaders(sample: FieldSample, headers: ReadRecord["headers"]): void {
  if (headers.length === 0) return;
  const texts = headers.map(({ key: name, value: own }) => [
    name,
    own === null ? null : Buffer.from(own).toString("utf8"),
  ]);
  sample.add("headers", Object.fromEntries(texts));
}
