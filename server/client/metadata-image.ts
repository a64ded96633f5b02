import type { ResponseOf } from "../wire/api.ts";
import type { Metadata } from "../wire/apis/metadata.ts";

/** A broker as Metadata names it, at the address for the listener that was asked. */
export type BrokerNode = {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
};

/** A partition as Metadata names it. `leader` is -1 when it has none. */
export type PartitionMetadata = ResponseOf<typeof Metadata>["topics"][number]["partitions"][number];

/** A topic as Metadata names it; `errorCode` 0 when it is whole. */
export type TopicMetadata = ResponseOf<typeof Metadata>["topics"][number];

/** What a client knows of a cluster: brokers, and the topics that it asked for. Pure; answers are put in by `apply`. */
export class MetadataImage {
  private readonly brokerNodes = new Map<number, BrokerNode>();
  private readonly topics = new Map<string, TopicMetadata>();
  /** Partitions of the topics that somebody asked one of. */
  private readonly partitions = new WeakMap<TopicMetadata, ReadonlyMap<number, PartitionMetadata>>();
  clusterId: string | null = null;
  /** The broker that takes admin requests; -1 when the cluster names none. */
  controllerId = -1;

  /** Brokers by id. Empty before the first answer. */
  get brokers(): ReadonlyMap<number, BrokerNode> {
    return this.brokerNodes;
  }

  /** Puts an answer in: all brokers, and the topics that it holds. Older facts of other topics stay, unless all topics were asked for. */
  apply(
    response: ResponseOf<typeof Metadata>,
    { hasAllTopics = false }: { readonly hasAllTopics?: boolean } = {},
  ): void {
    if (hasAllTopics) this.topics.clear();
    this.brokerNodes.clear();
    for (const { nodeId, host, port, rack } of response.brokers)
      this.brokerNodes.set(nodeId, { id: nodeId, host, port, rack });
    this.clusterId = response.clusterId;
    this.controllerId = response.controllerId;
    for (const topic of response.topics) if (topic.name !== null) this.topics.set(topic.name, topic);
  }

  /** The partition, if the topic was asked for and has it. */
  partition(topic: string, partition: number): PartitionMetadata | undefined {
    const found = this.topics.get(topic);
    if (found === undefined) return undefined;
    const known = this.partitions.get(found) ?? new Map(found.partitions.map((one) => [one.partitionIndex, one]));
    this.partitions.set(found, known);
    return known.get(partition);
  }

  /** The topic, if it was asked for. */
  topic(name: string): TopicMetadata | undefined {
    return this.topics.get(name);
  }

  /** Forgets a topic, so that the next question goes to the cluster. */
  forget(topic: string): void {
    this.topics.delete(topic);
  }
}
