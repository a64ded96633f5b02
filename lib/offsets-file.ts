import type { OffsetsByTopic } from "@/lib/contracts/group-offsets";
import { offsetsByTopicOf } from "@/lib/offsets-by-topic";

/** A file of offsets as kafka-consumer-groups --from-file takes it (topic,partition,offset), or what is wrong with it and where. */
export type OffsetsFile = { readonly offsets: OffsetsByTopic; readonly faults: readonly string[] };

const line = /^"?([a-zA-Z0-9._-]{1,249})"?\s*,\s*"?(\d{1,10})"?\s*,\s*"?(\d{1,19})"?$/;

/** Reads lines of `topic,partition,offset`; empty ones and those that begin with # are passed over. A partition named twice is a fault. */
export function parseOffsetsFile(text: string): OffsetsFile {
  const places = new Map<string, { readonly topic: string; readonly partition: string; readonly offset: string }>();
  const faults: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const written = raw.trim();
    if (written === "" || written.startsWith("#")) continue;
    const [, topic, partition, offset] = line.exec(written) ?? [];
    if (topic === undefined || partition === undefined || offset === undefined) {
      faults.push(`Line ${index + 1} is not topic,partition,offset: ${written.slice(0, 60)}`);
      continue;
    }
    const number = String(Number(partition));
    const key = `${topic}/${number}`;
    if (places.has(key)) faults.push(`Line ${index + 1} names ${topic} partition ${number} a second time.`);
    places.set(key, { topic, partition: number, offset });
  }
  return { offsets: offsetsByTopicOf(places.values()), faults };
}

/** Writes offsets in that form, by topic and partition; what is deleted is not there. */
export function formatOffsetsFile(offsets: OffsetsByTopic): string {
  return Object.entries(offsets)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([topic, own]) =>
      Object.entries(own)
        .filter(([, offset]) => offset !== null)
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([partition, offset]) => `${topic},${partition},${offset ?? ""}`),
    )
    .join("\n");
}
