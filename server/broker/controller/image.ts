/**
 * What the cluster is: the state that the records of `__cluster_metadata` build (KRaft). The controller and every broker hold one each.
 * Read it freely; `apply` (apply.ts) is the only writer. Values are replaced, never changed in place once their run of records is applied, so an old reference stays a picture of its time.
 */
export type MetadataImage = {
  /** The last metadata record applied; offset -1 before the first. */
  readonly provenance: Provenance;
  readonly brokers: ReadonlyMap<number, BrokerImage>;
  readonly topicsByName: ReadonlyMap<string, TopicImage>;
  readonly topicsById: ReadonlyMap<string, TopicImage>;
  /** By `configKey(resource)`; then name to value as set. A resource without settings has no entry. */
  readonly configs: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Finalised features by name; a feature at level 0 has no entry. */
  readonly features: ReadonlyMap<string, number>;
  /** First producer id that no block holds yet. */
  readonly nextProducerId: number;
  readonly controllers: ReadonlyMap<number, ControllerImage>;
  /** By `quotaKey(entity)`. */
  readonly clientQuotas: ReadonlyMap<string, ClientQuotaImage>;
  /** By `scramKey(mechanism, user)`. */
  readonly scramCredentials: ReadonlyMap<string, ScramCredentialImage>;
  /** By the record's id. */
  readonly acls: ReadonlyMap<string, AclImage>;
  /** By token id. */
  readonly delegationTokens: ReadonlyMap<string, DelegationTokenImage>;
};

/** Where an image stands in the metadata log. */
export type Provenance = { readonly offset: number; readonly epoch: number; readonly timestampMs: number };

/** A registered broker (RegisterBrokerRecord and its changes). `epoch` is the offset of its registration record. */
export type BrokerImage = {
  readonly id: number;
  readonly epoch: number;
  readonly incarnationId: string;
  /** A fenced broker leads nothing and is hidden from clients. */
  readonly fenced: boolean;
  readonly inControlledShutdown: boolean;
  readonly rack: string | null;
  readonly endpoints: readonly EndpointImage[];
  readonly features: readonly FeatureRange[];
  /** Directory ids of its online log directories. */
  readonly logDirs: readonly string[];
  /** Log directories that take no new replicas (KIP-1066), or undefined where the records do not speak of them. */
  readonly cordonedLogDirs?: readonly string[];
};

/** A listener of a node. `securityProtocol`: 0 PLAINTEXT, 1 SSL, 2 SASL_PLAINTEXT, 3 SASL_SSL. */
export type EndpointImage = {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly securityProtocol: number;
};

/** Feature levels that a node supports, both included. */
export type FeatureRange = {
  readonly name: string;
  readonly minSupportedVersion: number;
  readonly maxSupportedVersion: number;
};

/** A registered controller (RegisterControllerRecord). */
export type ControllerImage = {
  readonly id: number;
  readonly incarnationId: string;
  readonly zkMigrationReady: boolean;
  readonly endpoints: readonly EndpointImage[];
  readonly features: readonly FeatureRange[];
};

/** A topic; `partitions[n]` is partition n. */
export type TopicImage = { readonly name: string; readonly id: string; readonly partitions: readonly PartitionImage[] };

/** A partition (PartitionRecord and PartitionChangeRecord). */
export type PartitionImage = {
  readonly partition: number;
  /** Assignment; the first is the preferred leader. */
  readonly replicas: readonly number[];
  /** Directory ids parallel to `replicas`. */
  readonly directories: readonly string[];
  readonly isr: readonly number[];
  readonly removingReplicas: readonly number[];
  readonly addingReplicas: readonly number[];
  /** Out of sync, yet sure to hold all committed records: may lead (KIP-966). */
  readonly eligibleLeaderReplicas: readonly number[];
  readonly lastKnownElr: readonly number[];
  /** Broker id, or NO_LEADER. */
  readonly leader: number;
  /** Grows with each election. */
  readonly leaderEpoch: number;
  /** Grows with each change of the partition; AlterPartition must name it. */
  readonly partitionEpoch: number;
  /** 0 recovered, 1 recovering from an unclean election (KIP-704). */
  readonly leaderRecoveryState: number;
};

/** `leader` of a partition that nobody leads. */
export const NO_LEADER = -1;

/** One client quota entity with its limits (KIP-546). A null name is the entity type's default. */
export type ClientQuotaImage = {
  readonly entity: readonly QuotaEntityPart[];
  readonly limits: ReadonlyMap<string, number>;
};
export type QuotaEntityPart = { readonly type: string; readonly name: string | null };

/** A SCRAM credential (KIP-554). `mechanism`: 1 SCRAM-SHA-256, 2 SCRAM-SHA-512. */
export type ScramCredentialImage = {
  readonly user: string;
  readonly mechanism: number;
  readonly salt: Uint8Array;
  readonly storedKey: Uint8Array;
  readonly serverKey: Uint8Array;
  readonly iterations: number;
};

/** An access control entry, codes as in Kafka's AclBinding. */
export type AclImage = {
  readonly id: string;
  readonly resourceType: number;
  readonly resourceName: string;
  readonly patternType: number;
  readonly principal: string;
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
};

/** A delegation token (KIP-48). Times in milliseconds since 1970. */
export type DelegationTokenImage = {
  readonly tokenId: string;
  readonly owner: string;
  readonly requester: string;
  readonly renewers: readonly string[];
  readonly issueTimestampMs: number;
  readonly maxTimestampMs: number;
  readonly expirationTimestampMs: number;
};

/** What a config belongs to; types as in DescribeConfigs: 2 topic, 4 broker ("" is the cluster's default), 16 client metrics, 32 group. */
export type ConfigResource = { readonly type: number; readonly name: string };

export const TOPIC_RESOURCE = 2;
export const BROKER_RESOURCE = 4;
export const BROKER_LOGGER_RESOURCE = 8;
export const CLIENT_METRICS_RESOURCE = 16;
export const GROUP_RESOURCE = 32;

/** Key of `image.configs`. */
export function configKey(resource: ConfigResource): string {
  return `${resource.type}:${resource.name}`;
}

const NOTHING_SET: ReadonlyMap<string, string> = new Map();

/** What is set on a resource, by name; empty when nothing is. */
export function configsOf(image: MetadataImage, resource: ConfigResource): ReadonlyMap<string, string> {
  return image.configs.get(configKey(resource)) ?? NOTHING_SET;
}

/** Key of `image.clientQuotas`: the same for the same entity in any order. */
export function quotaKey(entity: readonly QuotaEntityPart[]): string {
  const parts = [...entity].sort((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0));
  return JSON.stringify(parts.map((part) => [part.type, part.name]));
}

/** Key of `image.scramCredentials`. */
export function scramKey(mechanism: number, user: string): string {
  return `${mechanism}:${user}`;
}

/** The partition, or undefined when topic or partition is unknown. */
export function partitionOf(image: MetadataImage, topic: string, partition: number): PartitionImage | undefined {
  return image.topicsByName.get(topic)?.partitions[partition];
}

/** The image as its writer holds it. Nobody but apply.ts takes this type. */
export type MutableImage = {
  provenance: Provenance;
  brokers: Map<number, BrokerImage>;
  topicsByName: Map<string, TopicImage>;
  topicsById: Map<string, TopicImage>;
  configs: Map<string, ReadonlyMap<string, string>>;
  features: Map<string, number>;
  nextProducerId: number;
  controllers: Map<number, ControllerImage>;
  clientQuotas: Map<string, ClientQuotaImage>;
  scramCredentials: Map<string, ScramCredentialImage>;
  acls: Map<string, AclImage>;
  delegationTokens: Map<string, DelegationTokenImage>;
};

/** A cluster before its first record. */
export function emptyImage(): MutableImage {
  return {
    provenance: { offset: -1, epoch: -1, timestampMs: -1 },
    brokers: new Map(),
    topicsByName: new Map(),
    topicsById: new Map(),
    configs: new Map(),
    features: new Map(),
    nextProducerId: 0,
    controllers: new Map(),
    clientQuotas: new Map(),
    scramCredentials: new Map(),
    acls: new Map(),
    delegationTokens: new Map(),
  };
}
