import type { OffsetsByTopic } from "@/lib/contracts/group-offsets";

/** A file of offsets as kafka-consumer-groups --from-file takes it (topic,partition,offset), or what is wrong with it and where. */
export type OffsetsFile = { readonly offsets: OffsetsByTopic; readonly faults: readonly string[] };

const line = /^"?([a-zA-Z0-9._-]{1,249})"?\s*,\s*"?(\d{1,10})"?\s*,\s*"?(\d{1,19})"?$/;

/** Reads lines of `topic,partition,offset`; empty ones and those that begin with # are passed over. A partition named twice is a fault. */
export function parseOffsetsFile(text: string): OffsetsFile {
  const offsets: Record<string, Record<string, string>> = {};
  const faults: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const written = raw.trim();
    if (written === "" || written.startsWith("#")) continue;
    const [, topic, partition, offset] = line.exec(written) ?? [];
    if (topic === undefined || partition === undefined || offset === undefined) {
      faults.push(`Line ${index + 1} is not topic,partition,offset: ${written.slice(0, 60)}`);
      continue;
    }
    const own = (offsets[topic] ??= {});
    const key = String(Number(partition));
    if (own[key] !== undefined) faults.push(`Line ${index + 1} names ${topic} partition ${key} a second time.`);
    own[key] = offset;
  }
  return { offsets, faults };
}

/** Writes offsets in that form, by topic and partition; what is deleted is not there. */
export function formatOffsetsFile(offsets: OffsetsByTopic): string {
  return Object.keys(offsets)
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((topic) =>
      Object.entries(offsets[topic] ?? {})
        .filter(([, offset]) => offset !== null)
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([partition, offset]) => `${topic},${partition},${offset ?? ""}`),
    )
    .join("\n");
}
