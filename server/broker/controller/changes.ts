import type { ConfigResource, MetadataImage, PartitionImage, TopicImage } from "./image.ts";
import { configKey } from "./image.ts";

/** What a run of metadata records touched, so that nobody has to walk the whole image. Read the new state from the image. */
export type MetadataChanges = {
  /** Ids of topics that did not exist before. Their partitions are in `partitions` too. */
  readonly topicsCreated: ReadonlySet<string>;
  /** Topics that are gone, as they were, by id. A topic deleted and made again under its name is in both, with two ids. */
  readonly topicsDeleted: ReadonlyMap<string, TopicImage>;
  /** Partitions created or changed, by topic id; never of a deleted topic. */
  readonly partitions: ReadonlyMap<string, ReadonlySet<number>>;
  /** Brokers registered, changed or unregistered. */
  readonly brokers: ReadonlySet<number>;
  /** Resources whose settings changed, by `configKey`. */
  readonly configs: ReadonlyMap<string, ConfigResource>;
  readonly features: boolean;
  readonly producerIds: boolean;
  readonly clientQuotas: boolean;
  readonly scramCredentials: boolean;
  readonly acls: boolean;
  readonly delegationTokens: boolean;
};

/** Changes while they are collected. */
export type MutableChanges = {
  topicsCreated: Set<string>;
  topicsDeleted: Map<string, TopicImage>;
  partitions: Map<string, Set<number>>;
  brokers: Set<number>;
  configs: Map<string, ConfigResource>;
  features: boolean;
  producerIds: boolean;
  clientQuotas: boolean;
  scramCredentials: boolean;
  acls: boolean;
  delegationTokens: boolean;
  /** Partitions of topics that were copied since the changes began, by topic id: nobody else holds them yet, so they may change in place. */
  ownPartitions: Map<string, PartitionImage[]>;
};

/** Nothing touched yet. */
export function noChanges(): MutableChanges {
  return {
    topicsCreated: new Set(),
    topicsDeleted: new Map(),
    partitions: new Map(),
    brokers: new Set(),
    configs: new Map(),
    features: false,
    producerIds: false,
    clientQuotas: false,
    scramCredentials: false,
    acls: false,
    delegationTokens: false,
    ownPartitions: new Map(),
  };
}

/** Notes a partition as touched. */
export function touchPartition(changes: MutableChanges, topicId: string, partition: number): void {
  const known = changes.partitions.get(topicId);
  if (known === undefined) changes.partitions.set(topicId, new Set([partition]));
  else known.add(partition);
}

/** The changes that lead from one image to another, for a broker that loads a snapshot over what it knew. */
export function changesBetween(from: MetadataImage, to: MetadataImage): MetadataChanges {
  const changes = noChanges();
  for (const [id, topic] of from.topicsById) if (!to.topicsById.has(id)) changes.topicsDeleted.set(id, topic);
  for (const [id, topic] of to.topicsById) {
    const before = from.topicsById.get(id);
    if (before === undefined) changes.topicsCreated.add(id);
    for (const partition of topic.partitions) {
      const same = JSON.stringify(before?.partitions[partition.partition]) === JSON.stringify(partition);
      if (!same) touchPartition(changes, id, partition.partition);
    }
  }
  for (const id of new Set([...from.brokers.keys(), ...to.brokers.keys()])) {
    if (JSON.stringify(from.brokers.get(id)) !== JSON.stringify(to.brokers.get(id))) changes.brokers.add(id);
  }
  for (const key of new Set([...from.configs.keys(), ...to.configs.keys()])) {
    if (entriesOf(from.configs.get(key)) !== entriesOf(to.configs.get(key)))
      changes.configs.set(key, resourceOfKey(key));
  }
  changes.features = entriesOf(from.features) !== entriesOf(to.features);
  changes.producerIds = from.nextProducerId !== to.nextProducerId;
  changes.clientQuotas = true;
  changes.scramCredentials = true;
  changes.acls = true;
  changes.delegationTokens = true;
  return changes;
}

function entriesOf(map: ReadonlyMap<string, string | number> | undefined): string {
  return JSON.stringify([...(map ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function resourceOfKey(key: string): ConfigResource {
  const colon = key.indexOf(":");
  const resource = { type: Number(key.slice(0, colon)), name: key.slice(colon + 1) };
  return configKey(resource) === key ? resource : { type: 0, name: key };
}
