import { FENCED_LEADER_EPOCH, NOT_LEADER_OR_FOLLOWER } from "../../wire/errors.ts";
import { type MetadataImage, NO_LEADER, partitionOf } from "../controller/image.ts";
import type { TopicPartition } from "../topic-partition.ts";

/** Where a client finds a broker on the listener that it uses. */
export type NodeEndpoint = {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
};

/** Collects the leaders that a Produce or Fetch response names, so that the client need not ask for metadata (KIP-951). */
export class LeaderHints {
  readonly nodeEndpoints: NodeEndpoint[] = [];

  constructor(
    private readonly image: MetadataImage,
    private readonly listenerName: string,
  ) {}

  /** The leader of a partition whose request was refused because of leadership; undefined for other errors and unknown partitions. */
  after(
    errorCode: number,
    { topic, partition }: TopicPartition,
  ): { leaderId: number; leaderEpoch: number } | undefined {
    if (errorCode !== NOT_LEADER_OR_FOLLOWER && errorCode !== FENCED_LEADER_EPOCH) return undefined;
    const known = partitionOf(this.image, topic, partition);
    if (known === undefined) return undefined;
    this.note(known.leader);
    return { leaderId: known.leader, leaderEpoch: known.leaderEpoch };
  }

  private note(nodeId: number): void {
    if (nodeId === NO_LEADER || this.nodeEndpoints.some((node) => node.nodeId === nodeId)) return;
    const node = endpointOf(this.image, nodeId, this.listenerName);
    if (node !== undefined) this.nodeEndpoints.push(node);
  }
}

/** A broker as clients of a listener see it; undefined when it is not registered or has no such listener. */
export function endpointOf(image: MetadataImage, nodeId: number, listenerName: string): NodeEndpoint | undefined {
  const broker = image.brokers.get(nodeId);
  const endpoint = broker?.endpoints.find(({ name }) => name === listenerName);
  if (broker === undefined || endpoint === undefined) return undefined;
  return { nodeId, host: endpoint.host, port: endpoint.port, rack: broker.rack };
}
