import type { Environment } from "../../environment/environment.ts";
import type { MetadataImage } from "../controller/image.ts";
import type { BrokerConfig } from "../config/broker-config.ts";
import type { GroupCoordinator } from "../coordinator/group-coordinator.ts";
import type { AutoTopicCreation } from "../metadata/auto-topic-creation.ts";
import type { ControllerChannel } from "../metadata/controller-channel.ts";
import type { ProducerIds } from "../metadata/producer-ids.ts";
import type { Call } from "../network/call.ts";
import type { Context } from "../network/context.ts";
import type { FetchSessions } from "../network/fetch-session.ts";
import type { ReplicaManager } from "../replica/replica-manager.ts";
import type { ReplicaMoves } from "../replica/replica-moves.ts";

/** What a broker is made of, as its handlers see it. */
export type BrokerServices = {
  readonly environment: Environment;
  readonly nodeId: number;
  readonly clusterId: string;
  readonly config: BrokerConfig;
  /** The newest metadata that this broker has applied. */
  image(): MetadataImage;
  readonly replicas: ReplicaManager;
  /** Replicas on their way to another directory of this broker. */
  readonly moves: ReplicaMoves;
  readonly groups: GroupCoordinator;
  readonly controller: ControllerChannel;
  readonly producerIds: ProducerIds;
  readonly autoTopics: AutoTopicCreation;
  readonly fetchSessions: FetchSessions;
};

/** What a broker's handler gets beside the request. */
export type BrokerContext = Context<BrokerServices>;
/** The same on the hot path. */
export type BrokerCall = Call<BrokerServices>;

/** How long a request waits for the controller when the client names no timeout (Kafka's `request.timeout.ms`). */
export const CONTROLLER_TIMEOUT_MS = 30_000;

/** Monotonic deadline of something that may take so long. */
export function deadlineIn(services: BrokerServices, timeoutMs: number): number {
  return services.environment.clock.monotonicMs() + timeoutMs;
}
