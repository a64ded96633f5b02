/** An offset in a partition of a topic. */
export type Position = { readonly topic: string; readonly partition: number; readonly offset: string };

/** Writes offsets by partition for an address: `0:120,payments/1:7`; the topic is named where it is not the page's own. */
export function formatPositions(positions: readonly Position[], ownTopic: string): string {
  return positions
    .map(({ topic, partition, offset }) => `${topic === ownTopic ? "" : `${topic}/`}${partition}:${offset}`)
    .join(",");
}

/** Reads offsets by partition; null when the text is none. */
export function parsePositions(text: string, ownTopic: string): Position[] | null {
  const positions: Position[] = [];
  for (const part of text.split(",")) {
    const match = /^\s*(?:([a-zA-Z0-9._-]{1,249})\/)?(\d{1,10}):(\d{1,19})\s*$/.exec(part);
    if (match === null) return null;
    const [, topic = ownTopic, partition = "", offset = ""] = match;
    positions.push({ topic, partition: Number(partition), offset });
  }
  return positions;
}
