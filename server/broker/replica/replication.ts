import type { Environment, Timer } from "../../environment/environment.ts";
import { AlterPartition } from "../../wire/apis/alter-partition.ts";
import type { BrokerConfig } from "../config/broker-config.ts";
import type { MetadataImage } from "../controller/image.ts";
import type { ControllerChannel } from "../metadata/controller-channel.ts";
import { Followers } from "./followers.ts";
import { IsrProposals } from "./isr-proposals.ts";
import type { FetcherSettings } from "./leader-fetcher.ts";
import type { IsrProposal } from "./partition.ts";
import type { ReplicaManager } from "./replica-manager.ts";
import type { ReplicationQuota } from "./replication-quota.ts";

/** What replication is made of. */
export type ReplicationParts = {
  readonly nodeId: number;
  readonly config: BrokerConfig;
  readonly replicas: ReplicaManager;
  /** What this broker may take for its throttled replicas. */
  readonly followerQuota: ReplicationQuota;
  readonly channel: ControllerChannel;
  readonly image: () => MetadataImage;
  readonly brokerEpoch: () => number;
  /** A bug: the broker must not go on. */
  readonly onFatal: (error: unknown) => void;
};

/** What keeps the replicas of a broker and those of the others the same: copies from leaders, and as a leader watches who is in sync. */
export class Replication {
  readonly #followers: Followers;
  readonly #proposals: IsrProposals;
  #shrinking: Timer | undefined;

  constructor(
    private readonly environment: Environment,
    private readonly parts: ReplicationParts,
  ) {
    const { nodeId, config, replicas, channel, brokerEpoch, onFatal } = parts;
    this.#proposals = new IsrProposals(environment, {
      nodeId,
      brokerEpoch,
      send: (request, deadlineMs) => channel.send(AlterPartition, request, deadlineMs),
      confirmed: (proposal, isr) => replicas.isrConfirmed(proposal, isr),
      refused: (proposal) => replicas.isrRefused(proposal),
    });
    const settings = () => settingsOf(config);
    const endpointOf = (broker: number) => this.#endpointOf(broker);
    const quota = parts.followerQuota;
    const fetchers = { nodeId, brokerEpoch, replicas, settings, quota, endpointOf, onFatal };
    this.#followers = new Followers(environment, fetchers);
    replicas.onLeaderChange((topicPartition, _role, _leaderEpoch, topicId) =>
      this.#followers.changed(topicPartition, topicId),
    );
  }

  /** Begins to copy and to watch, once the broker is registered. */
  start(): void {
    this.#followers.start();
    this.#armShrinking();
  }

  /** Asks the controller for an ISR. */
  propose(proposal: IsrProposal): void {
    this.#proposals.propose(proposal);
  }

  /** Ends all of it. */
  stop(): void {
    this.#shrinking?.cancel();
    this.#followers.stop();
    this.#proposals.stop();
  }

  /** So a follower is out of sync after at most one and a half of replica.lag.time.max.ms, as in Kafka. */
  #armShrinking(): void {
    const { clock } = this.environment;
    const { config, replicas } = this.parts;
    this.#shrinking = clock.at(clock.monotonicMs() + config.get("replica.lag.time.max.ms") / 2, () => {
      replicas.shrinkIsrs();
      this.#armShrinking();
    });
  }

  #endpointOf(broker: number): { readonly host: string; readonly port: number } | undefined {
    const listener = this.parts.config.get("inter.broker.listener.name");
    const endpoints = this.parts.image().brokers.get(broker)?.endpoints;
    return endpoints?.find(({ name }) => name === listener) ?? endpoints?.[0];
  }
}

function settingsOf(config: BrokerConfig): FetcherSettings {
  return {
    waitMaxMs: config.get("replica.fetch.wait.max.ms"),
    minBytes: config.get("replica.fetch.min.bytes"),
    responseBytesMax: config.get("replica.fetch.response.max.bytes"),
    partitionBytesMax: config.get("replica.fetch.max.bytes"),
    backoffMsMax: config.get("replica.fetch.backoff.ms"),
    socketTimeoutMs: config.get("replica.socket.timeout.ms"),
  };
}
