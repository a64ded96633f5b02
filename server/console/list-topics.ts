import type { TopicList } from "../../lib/contracts/topics.ts";
import { succeed } from "../../lib/result.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { SharedRead } from "./shared-read.ts";
import { settle } from "./settled.ts";
import { type Column, columnKey } from "./topic-columns/column.ts";
import { summariseTopic } from "./topic-summary.ts";
import { defineUseCase } from "./use-case.ts";

/**
 * Every topic with its facts. One Metadata request, then one request of each kind a broker, shared by all tabs for some seconds; what fails of
 * them is null in the lines and said beside the list.
 */
export const listTopics = defineUseCase<{ readonly cluster: string }, TopicList>({
  failed: () => "Topics could not be listed",
  async run({ cluster }) {
    const { topics, readAtMs } = await cluster.topics.get();
    const readable = topics.filter(({ errorCode, name }) => errorCode === 0 && name !== null);
    const { identity } = cluster;
    const [offsets, sizes, settings] = await Promise.all([
      settle(covering(cluster.offsets, readable), { title: "Message counts could not be read", identity }),
      settle(covering(cluster.sizes, readable), { title: "Sizes could not be read", identity }),
      settle(covering(cluster.settings, readable), { title: "Settings could not be read", identity }),
    ]);
    const columns = { offsets: offsets.value, sizes: sizes.value, settings: settings.value };
    return succeed({
      topics: readable.map((topic) => summariseTopic(topic, columns)),
      problems: [offsets, sizes, settings].flatMap(({ value, problems }) => [...problems, ...(value?.problems ?? [])]),
      readAtMs,
    });
  },
});

/** A shared column is good enough when it was read for these topics: one made since then would look as if it could not be read. */
function covering<C extends Column<unknown>>(column: SharedRead<C>, topics: readonly TopicMetadata[]): Promise<C> {
  return column.get(({ covers }) => topics.every((topic) => covers.has(columnKey(topic))));
}
