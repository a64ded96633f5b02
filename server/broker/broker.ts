import type { Environment } from "../environment/environment.ts";
import { AssignReplicasToDirs } from "../wire/apis/assign-replicas-to-dirs.ts";
import { loadCompression } from "../wire/compression.ts";
import type { BrokerConfig } from "./config/broker-config.ts";
import { logManagerOptions } from "./config/log-manager-options.ts";
import { topicConfig } from "./config/topic-config.ts";
import { changesBetween, type MetadataChanges } from "./controller/changes.ts";
import { configsOf, emptyImage, type MetadataImage, TOPIC_RESOURCE } from "./controller/image.ts";
import { groupConfigOf } from "./coordinator/group-config.ts";
import { CONSUMER_OFFSETS_TOPIC, GroupCoordinator } from "./coordinator/group-coordinator.ts";
import { openReplicaShardLog } from "./coordinator/replica-shard-log.ts";
import type { BrokerServices } from "./handlers/services.ts";
import { brokerHandlers } from "./handlers/table.ts";
import { LogDirectoryError, LogManager } from "./log/log-manager.ts";
import { AutoTopicCreation } from "./metadata/auto-topic-creation.ts";
import { BrokerLifecycle } from "./metadata/broker-lifecycle.ts";
import { ControllerChannel } from "./metadata/controller-channel.ts";
import { MetadataFollower } from "./metadata/metadata-follower.ts";
import { ProducerIds } from "./metadata/producer-ids.ts";
import { AddressRates } from "./network/address-rates.ts";
import type { ConnectionFacts } from "./network/connection-facts.ts";
import { connectionBounds } from "./network/connection-bounds.ts";
import { ClientQuotas } from "./network/client-quotas.ts";
import { FetchSessions } from "./network/fetch-session.ts";
import { credentialLookup, listenerOptions } from "./network/listener-settings.ts";
import { type BoundListener, RequestServer, type RequestServerOptions } from "./network/request-server.ts";
import { DirectoryAssignments } from "./replica/directory-assignments.ts";
import { ReplicaManager, type Role } from "./replica/replica-manager.ts";
import { ReplicaMoves } from "./replica/replica-moves.ts";
import { Replication } from "./replica/replication.ts";
import { ReplicationQuota } from "./replica/replication-quota.ts";

/** What a broker is started with. */
export type BrokerOptions = {
  readonly config: BrokerConfig;
  readonly clusterId: string;
  /** Called once for a fault after which the broker must not go on. */
  readonly onFatal: (error: unknown) => void;
};

/** How long a stopping broker waits for the controller to take its leaderships. */
const CONTROLLED_SHUTDOWN_MS = 10_000;
const SECOND_MS = 1000;

/** One broker: its logs, replicas, groups and listeners, held together by the metadata that it follows. */
export class Broker {
  readonly nodeId: number;
  readonly services: BrokerServices;
  private image: MetadataImage = emptyImage();
  private readonly config: BrokerConfig;
  private readonly logs: LogManager;
  private readonly replicas: ReplicaManager;
  private readonly replication: Replication;
  private readonly assignments: DirectoryAssignments;
  private readonly moves: ReplicaMoves;
  private readonly groups: GroupCoordinator;
  private readonly channel: ControllerChannel;
  private readonly follower: MetadataFollower;
  private readonly server: RequestServer<BrokerServices>;
  private lifecycle: BrokerLifecycle | undefined;
  /** Until then nothing is applied: with half of the metadata, logs of topics that come later in it would be taken for strays. */
  private isCaughtUp = false;
  private rolesChanged: Record<Role, number> = { leader: 0, follower: 0, none: 0 };

  /** Opens the log directories. Throws LogDirectoryError, DiskError and ListenerSettingError. */
  constructor(
    private readonly environment: Environment,
    private readonly options: BrokerOptions,
  ) {
    const { config, clusterId } = options;
    this.config = config;
    this.nodeId = config.nodeId;
    this.logs = this.openLogs();
    this.replicas = new ReplicaManager(environment, {
      nodeId: this.nodeId,
      logs: this.logs,
      proposeIsr: (proposal) => this.replication.propose(proposal),
      lagMsMax: () => config.get("replica.lag.time.max.ms"),
      selector: () => config.get("replica.selector.class"),
      leaderQuota: this.makeQuota("leader"),
    });
    this.groups = this.makeGroups();
    const controllers = config.quorumVoters;
    const clientId = `broker-${this.nodeId}`;
    this.channel = new ControllerChannel(environment, { controllers, clientId });
    this.follower = new MetadataFollower(environment, { nodeId: this.nodeId, clusterId, controllers, clientId });
    const { channel, follower } = this;
    const brokerEpoch = () => this.lifecycle?.brokerEpoch ?? -1;
    this.replication = new Replication(environment, {
      nodeId: this.nodeId,
      config,
      replicas: this.replicas,
      followerQuota: this.makeQuota("follower"),
      channel,
      image: () => this.image,
      brokerEpoch,
      onFatal: options.onFatal,
    });
    this.assignments = this.makeAssignments(brokerEpoch);
    this.moves = this.makeMoves();
    this.services = {
      environment,
      nodeId: this.nodeId,
      clusterId,
      config,
      image: () => this.image,
      replicas: this.replicas,
      moves: this.moves,
      groups: this.groups,
      controller: channel,
      producerIds: new ProducerIds(environment, { nodeId: this.nodeId, channel, brokerEpoch }),
      autoTopics: new AutoTopicCreation(environment, { channel, follower, config }),
      fetchSessions: new FetchSessions(
        environment.clock,
        environment.random,
        config.get("max.incremental.fetch.session.cache.slots"),
      ),
    };
    const heldBytesMax = config.get("queued.max.request.bytes");
    this.server = new RequestServer(environment, {
      listeners: listenerOptions(config, environment.disk),
      handlers: brokerHandlers,
      services: this.services,
      requestBytesMax: config.get("socket.request.max.bytes"),
      idleMsMax: config.get("connections.max.idle.ms"),
      backlog: config.get("socket.listen.backlog.size"),
      connectionBounds: (listener) => connectionBounds(config, listener),
      ...(heldBytesMax < 0 ? {} : { heldBytesMax }),
      failedLoginDelayMs: config.get("connection.failed.authentication.delay.ms"),
      credentials: credentialLookup(config, () => this.image),
      ...this.makeQuotas(),
    });
  }

  /** Settles when the broker is registered, caught up with the metadata log and serving; gives where clients reach it. Rejects with NetworkError when a port is taken. */
  async start(): Promise<readonly BoundListener[]> {
    await loadCompression();
    const listeners = advertised(this.config, await this.server.bind());
    this.follower.crashed = this.options.onFatal;
    await this.follower.start((image, changes) => {
      if (this.isCaughtUp) this.apply(image, changes);
    });
    this.isCaughtUp = true;
    this.apply(this.follower.image, changesBetween(emptyImage(), this.follower.image));
    this.lifecycle = new BrokerLifecycle(this.environment, {
      nodeId: this.nodeId,
      clusterId: this.options.clusterId,
      channel: this.channel,
      config: this.config,
      follower: this.follower,
      listeners,
      logDirs: this.logs.directories.filter(({ online }) => online).map(({ id }) => id),
      previousBrokerEpoch: this.logs.previousBrokerEpoch,
    });
    await this.lifecycle.start();
    this.replication.start();
    this.assignments.start();
    this.logs.start();
    this.moves.resume();
    this.groups.start();
    this.server.serve();
    this.environment.log.info({ nodeId: this.nodeId, brokerEpoch: this.lifecycle.brokerEpoch }, "broker serves");
    return listeners;
  }

  /** Hands over, closes connections and logs, and marks the shutdown as clean. */
  async stop(): Promise<void> {
    const brokerEpoch = this.lifecycle?.brokerEpoch ?? -1;
    if (this.config.get("controlled.shutdown.enable")) {
      await this.lifecycle?.controlledShutdown(this.environment.clock.monotonicMs() + CONTROLLED_SHUTDOWN_MS);
    }
    this.replication.stop();
    this.assignments.stop();
    await this.moves.stop();
    await this.server.stop();
    this.groups.stop();
    this.follower.stop();
    this.lifecycle?.stop();
    this.channel.close();
    await this.logs.close(brokerEpoch);
    this.environment.log.info({ nodeId: this.nodeId }, "broker stopped");
  }

  /** What its listeners know of each connection. */
  connections(): Iterable<ConnectionFacts> {
    return this.server.connectionFacts();
  }

  private openLogs(): LogManager {
    const { config, clusterId } = this.options;
    return LogManager.open(this.environment, {
      ...logManagerOptions(config),
      clusterId,
      configOf: (topic) => topicConfig(this.image, config, topic),
      onFlushed: (topicPartition) => this.replicas.flushed(topicPartition),
      onDirectoryFailure: (directoryId) => this.loseDirectory(directoryId),
    });
  }

  private makeAssignments(brokerEpoch: () => number): DirectoryAssignments {
    const { channel, logs, nodeId, replicas } = this;
    return new DirectoryAssignments(this.environment, {
      nodeId,
      brokerEpoch,
      logs,
      replicas,
      send: (request, deadlineMs) => channel.send(AssignReplicasToDirs, request, deadlineMs),
      onFatal: this.options.onFatal,
    });
  }

  private makeMoves(): ReplicaMoves {
    const { config, environment, logs, nodeId, replicas } = this;
    const quota = new ReplicationQuota(environment.clock, {
      nodeId,
      bytesPerSecond: () => config.get("replica.alter.log.dirs.io.max.bytes.per.second"),
      throttledReplicas: () => "*",
      burstSeconds: () => config.get("alter.log.dirs.replication.quota.window.size.seconds"),
    });
    return new ReplicaMoves(environment, { logs, replicas, quota, onFatal: this.options.onFatal });
  }

  private makeQuota(side: "leader" | "follower"): ReplicationQuota {
    const { config, nodeId } = this;
    return new ReplicationQuota(this.environment.clock, {
      nodeId,
      bytesPerSecond: () => config.get(`${side}.replication.throttled.rate`),
      throttledReplicas: (topic) =>
        configsOf(this.image, { type: TOPIC_RESOURCE, name: topic }).get(`${side}.replication.throttled.replicas`) ??
        "",
      burstSeconds: () => config.get("replication.quota.window.size.seconds"),
    });
  }

  /** Brokers among themselves are not limited in what they send, but, as in Kafka, in how often they connect. */
  private makeQuotas(): Required<Pick<RequestServerOptions<BrokerServices>, "clientQuotas" | "addressRates">> {
    const { config } = this;
    const parts = {
      clock: this.environment.clock,
      quotas: () => this.image.clientQuotas,
      windows: {
        count: config.get("quota.window.num"),
        windowMs: config.get("quota.window.size.seconds") * SECOND_MS,
      },
    };
    const quotas = new ClientQuotas(parts);
    return {
      clientQuotas: (listener) => (listener === config.interBrokerListenerName ? undefined : quotas),
      addressRates: new AddressRates(parts),
    };
  }

  private makeGroups(): GroupCoordinator {
    const { environment, replicas } = this;
    const groups = new GroupCoordinator({
      environment,
      config: () => groupConfigOf(this.config),
      partitionCount: () => this.image.topicsByName.get(CONSUMER_OFFSETS_TOPIC)?.partitions.length,
      openLog: (partition, leaderEpoch) => {
        const topicPartition = { topic: CONSUMER_OFFSETS_TOPIC, partition };
        return openReplicaShardLog(replicas, environment.clock, { topicPartition, leaderEpoch });
      },
    });
    replicas.onLeaderChange(({ topic, partition }, role, leaderEpoch) => {
      this.rolesChanged[role] += 1;
      if (topic === CONSUMER_OFFSETS_TOPIC) groups.onLeaderChange(partition, role, leaderEpoch);
    });
    return groups;
  }

  /** Configs first, because a log that is opened asks for them; then the replicas, which tell the groups. A bug in here ends the broker (`crashed`). */
  private apply(image: MetadataImage, changes: MetadataChanges): void {
    this.image = image;
    const brokerConfigsChanged = this.config.applyMetadata(image).length > 0;
    this.replicas.applyMetadata(image, changes);
    this.tellRoles();
    for (const topic of brokerConfigsChanged ? image.topicsByName.keys() : topicsWithChangedConfigs(changes))
      this.logs.configsChanged(topic);
    if (changes.topicsDeleted.size > 0) this.groups.onTopicsDeleted([...changes.topicsDeleted.values()]);
  }

  /** One line for all partitions that took a new role; each has its own at level debug. */
  private tellRoles(): void {
    const { leader, follower, none } = this.rolesChanged;
    if (leader + follower + none === 0) return;
    this.rolesChanged = { leader: 0, follower: 0, none: 0 };
    this.environment.log.info({ leads: leader, follows: follower, gone: none }, "partitions changed their roles");
  }

  /** A broker without any directory left cannot do its work (KafkaServer halts likewise). */
  private loseDirectory(directoryId: string): void {
    this.environment.log.error(
      { directoryId },
      "a log directory failed: its partitions are offline until the disk is repaired and the broker started again",
    );
    const told = this.lifecycle?.logDirsFailed([directoryId]) ?? Promise.resolve();
    if (this.logs.directories.some(({ online }) => online)) return;
    // Not before others lead: they would wait for a broker that is silent for its whole session time.
    const failures = this.logs.directories.map(({ failure }) => failure);
    const lost = new LogDirectoryError(`Every log directory has failed:\n${failures.join("\n")}`);
    void told.then(() => this.options.onFatal(lost));
  }
}

/** Where clients are sent: the advertised host, and the real port where 0 was asked for. */
function advertised(config: BrokerConfig, bound: readonly BoundListener[]): BoundListener[] {
  return bound.map((listener) => {
    const told = config.advertisedListeners.find(({ name }) => name === listener.name);
    return {
      ...listener,
      host: told?.host ?? listener.host,
      port: told === undefined || told.port === 0 ? listener.port : told.port,
    };
  });
}

function topicsWithChangedConfigs(changes: MetadataChanges): string[] {
  return [...changes.configs.values()].filter(({ type }) => type === TOPIC_RESOURCE).map(({ name }) => name);
}
