import type { TopicList } from "../../lib/contracts/topics.ts";
import { succeed } from "../../lib/result.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { SharedRead } from "./shared-read.ts";
import { settle } from "./settled.ts";
import { type Column, columnKey } from "./topic-columns/column.ts";
import { summariseTopic } from "./topic-summary.ts";
import { defineUseCase } from "./use-case.ts";

/** What a page that is being sent asks for: it must not wait, and has room for few. */
type FirstLook = {
  /** For all of it together: columns that take longer are left out; all are waited for when absent. */
  readonly patienceMs?: number;
  /** Of the topics that are not internal, by name, so many; all when absent. */
  readonly first?: number;
};

/**
 * Every topic with its facts. One Metadata request, then one request of each kind a broker, shared by all tabs for some seconds; what fails of
 * them is null in the lines and said beside the list. With patience or room for less, what is there, and that more is to come.
 */
export const listTopics = defineUseCase<{ readonly cluster: string } & FirstLook, TopicList>({
  failed: () => "Topics could not be listed",
  async run({ cluster }, { patienceMs, first }) {
    const startedMs = performance.now();
    const known = patienceMs === undefined ? undefined : await cluster.topics.atHand(patienceMs);
    const { topics, readAtMs } = known?.value ?? (await cluster.topics.get());
    const readable = topics.filter(({ errorCode, name }) => errorCode === 0 && name !== null);
    const { identity } = cluster;
    const leftMs = patienceMs === undefined ? undefined : Math.max(0, patienceMs - (performance.now() - startedMs));
    const look = { topics: readable, patienceMs: leftMs };
    const [offsets, sizes, settings] = await Promise.all([
      settle(columnOf(cluster.offsets, look), { title: "Message counts could not be read", identity }),
      settle(columnOf(cluster.sizes, look), { title: "Sizes could not be read", identity }),
      settle(columnOf(cluster.settings, look), { title: "Settings could not be read", identity }),
    ]);
    const columns = { offsets: offsets.value?.value, sizes: sizes.value?.value, settings: settings.value?.value };
    const shown = first === undefined ? readable : firstOf(readable, first);
    const isLate = known?.isNew === false || [offsets, sizes, settings].some(({ value }) => value?.isNew === false);
    const partitions = readable.reduce((sum, topic) => sum + topic.partitions.length, 0);
    return succeed({
      topics: shown.map((topic) => summariseTopic(topic, columns)),
      partial: isLate || shown.length < readable.length ? { topics: readable.length, partitions } : null,
      problems: [offsets, sizes, settings].flatMap(({ value, problems }) => [
        ...problems,
        ...(value?.value?.problems ?? []),
      ]),
      readAtMs,
    });
  },
});

type Look = { readonly topics: readonly TopicMetadata[]; readonly patienceMs: number | undefined };

/** A shared column is good enough when it was read for these topics: one made since then would look as if it could not be read. */
async function columnOf<C extends Column<unknown>>(column: SharedRead<C>, { topics, patienceMs }: Look) {
  const isGood = ({ covers }: C) => topics.every((topic) => covers.has(columnKey(topic)));
  if (patienceMs !== undefined) return column.atHand(patienceMs, isGood);
  return { value: await column.get(isGood), isNew: true };
}

/** As the list shows them at first. */
function firstOf(topics: readonly TopicMetadata[], first: number): readonly TopicMetadata[] {
  return topics
    .filter(({ isInternal }) => !isInternal)
    .sort((a, b) => ((a.name ?? "") < (b.name ?? "") ? -1 : 1))
    .slice(0, first);
}
