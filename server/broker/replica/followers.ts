import type { Environment } from "../../environment/environment.ts";
import { NO_LEADER } from "../controller/image.ts";
import type { TopicPartition } from "../topic-partition.ts";
import { positionKey } from "./follower-session.ts";
import { LeaderFetcher, type FetcherParts } from "./leader-fetcher.ts";
import type { Partition } from "./partition.ts";

/** What this broker copies from others: one fetcher for each broker that leads something of which a replica is here (Kafka's ReplicaFetcherManager). */
export class Followers {
  readonly #fetchers = new Map<number, LeaderFetcher>();
  /** Who each partition is copied from, by `positionKey`. */
  readonly #sources = new Map<string, LeaderFetcher>();
  #isRunning = false;

  constructor(
    private readonly environment: Environment,
    private readonly parts: FetcherParts,
  ) {}

  /** Begins to copy what is followed here. To be called once the broker is registered: leaders tell its lives apart by their epochs. */
  start(): void {
    this.#isRunning = true;
    for (const partition of this.parts.replicas.partitions()) this.#follow(partition);
  }

  /** A replica here got another leader or epoch, or went away. */
  changed(topicPartition: TopicPartition, topicId: string): void {
    if (!this.#isRunning) return;
    this.#leave(topicId, topicPartition.partition);
    const partition = this.parts.replicas.partition(topicPartition);
    if (partition !== undefined && partition.topicId === topicId) this.#follow(partition);
    for (const fetcher of this.#fetchers.values()) if (fetcher.isIdle) this.#endSoon(fetcher);
  }

  /** Ends all copying. */
  stop(): void {
    this.#isRunning = false;
    for (const fetcher of this.#fetchers.values()) fetcher.stop();
    this.#fetchers.clear();
    this.#sources.clear();
  }

  #follow(partition: Partition): void {
    const { leaderId } = partition;
    if (partition.role === "leader" || leaderId === NO_LEADER) return;
    let fetcher = this.#fetchers.get(leaderId);
    if (fetcher === undefined) {
      fetcher = new LeaderFetcher(this.environment, leaderId, this.parts);
      this.#fetchers.set(leaderId, fetcher);
    }
    fetcher.follow(partition);
    this.#sources.set(positionKey(partition.topicId, partition.topicPartition.partition), fetcher);
  }

  #leave(topicId: string, partition: number): void {
    const key = positionKey(topicId, partition);
    this.#sources.get(key)?.leave(topicId, partition);
    this.#sources.delete(key);
  }

  /** In a later step: a change of the metadata often takes the last partition away and then brings others. */
  #endSoon(fetcher: LeaderFetcher): void {
    this.environment.clock.soon(() => {
      if (!fetcher.isIdle || this.#fetchers.get(fetcher.leaderId) !== fetcher) return;
      this.#fetchers.delete(fetcher.leaderId);
      fetcher.stop();
    });
  }
}
