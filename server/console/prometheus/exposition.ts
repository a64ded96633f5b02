/** Labels of a sample, in the order in which they are written. */
export type Labels = Readonly<Record<string, string | number>>;

/** One metric: its samples are drawn when they are written. */
export type Family = {
  readonly name: string;
  readonly help: string;
  readonly samples: Iterable<readonly [Labels, number]>;
};

/** A metric, written down. */
export function gauge(name: string, help: string, samples: Family["samples"]): Family {
  return { name, help, samples };
}

/** The metrics of several clusters as one list: a metric may stand only once in a scrape. All lists have the same metrics in the same order. */
export function merged(lists: readonly (readonly Family[])[]): Family[] {
  const [first = []] = lists;
  return first.map(({ name, help }, index) => ({ name, help, samples: chained(lists.map((list) => list[index])) }));
}

function* chained(families: readonly (Family | undefined)[]): Generator<readonly [Labels, number]> {
  for (const family of families) yield* family?.samples ?? [];
}

/** Characters of a chunk: what is written between two turns of the event loop, a millisecond or two. */
const CHUNK_CHARACTERS = 65_536;

/**
 * Prometheus's text format (version 0.0.4), every metric a gauge, in chunks: a cluster of 20,000 partitions has some ten megabytes, which must
 * neither stand in memory as one text nor hold up the console.
 */
export function* exposition(families: Iterable<Family>): Generator<string> {
  let chunk = "";
  for (const { name, help, samples } of families) {
    let isFirst = true;
    for (const [labels, value] of samples) {
      if (isFirst) chunk += `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} gauge\n`;
      isFirst = false;
      chunk += `${name}{${labelText(labels)}} ${value}\n`;
      if (chunk.length < CHUNK_CHARACTERS) continue;
      yield chunk;
      chunk = "";
    }
  }
  if (chunk !== "") yield chunk;
}

function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${typeof value === "number" ? value : escapeLabel(value)}"`)
    .join(",");
}

function escapeLabel(value: string): string {
  return value
    .replaceAll("\\", String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll("\n", String.raw`\n`);
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", String.raw`\\`).replaceAll("\n", String.raw`\n`);
}
