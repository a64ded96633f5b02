import { EARLIEST, LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import type { Cluster } from "./cluster.ts";

/** First and next offset of a partition; undefined when its leader does not say. A fetch outside of them is refused without naming them. */
export async function logBounds(
  { client }: Cluster,
  place: { readonly topic: string; readonly partition: number },
): Promise<{ readonly start: number; readonly end: number } | undefined> {
  const [earliest, latest] = await listOffsets(client, [
    { ...place, timestampMs: EARLIEST },
    { ...place, timestampMs: LATEST },
  ]);
  if (earliest?.errorCode !== 0 || latest?.errorCode !== 0) return undefined;
  return { start: earliest.offset, end: latest.offset };
}
