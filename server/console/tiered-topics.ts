import type { Problem } from "../../lib/problem.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { Cluster } from "./cluster.ts";
import { settle } from "./settled.ts";
import { readTiers, remoteRecordsOf, type RemoteRecords } from "./tiered-offsets.ts";
import { readOffsetsColumn } from "./topic-columns/offsets-column.ts";
import { readSettingsColumn } from "./topic-columns/settings-column.ts";

/** What deleting whole topics takes from remote log storage. */
export type RemoteLossOfTopics = {
  /** How many of them are tiered. */
  readonly topics: number;
  readonly records: RemoteRecords;
  readonly problems: readonly Problem[];
};

/** Finds which of some topics are tiered, and what of them is in remote storage. */
export async function readRemoteLoss(cluster: Cluster, topics: readonly TopicMetadata[]): Promise<RemoteLossOfTopics> {
  const { identity } = cluster;
  const who = topics.length === 1 ? "it is" : "they are";
  const settings = await settle(readSettingsColumn(cluster, topics), {
    title: `Whether ${who} tiered could not be read`,
    identity,
  });
  const own = topics.filter(({ name }) => settings.value?.values.get(name ?? "")?.isTiered === true);
  const problems = [...settings.problems, ...(settings.value?.problems ?? [])];
  if (own.length === 0) return { topics: 0, records: { remote: 0, onlyRemote: 0 }, problems };
  const title = "What is in remote storage could not be read";
  const read = await settle(Promise.all([readTiers(cluster, own), readOffsetsColumn(cluster, own)]), {
    title,
    identity,
  });
  const [tiers, offsets] = read.value ?? [];
  const boundsOf = (topic: string, partition: number) => offsets?.values.get(topic)?.get(partition);
  const spans = own.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex: partition }) => {
      const { start, end } = boundsOf(name ?? "", partition) ?? { start: 0, end: 0 };
      return { topic: name ?? "", partition, start, upTo: end };
    }),
  );
  // Where its records begin and end is not known, neither is what of them is there.
  const records = remoteRecordsOf(
    spans,
    ({ topic, partition }) => boundsOf(topic, partition) && tiers?.get(`${topic}/${partition}`),
  );
  return { topics: own.length, records, problems: [...problems, ...read.problems] };
}
