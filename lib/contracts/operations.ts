import * as z from "zod/mini";
import { byName } from "@/lib/contracts/by-name";
import { clusterSlug, instantMs, partitionNumber, topicName } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** What can be asked of a cluster that not every cluster, or not every user of it, can do. */
export const abilityNames = [
  "reassign",
  "electLeaders",
  "throttle",
  "changeConfigs",
  "moveDirectories",
  "readQuotas",
  "changeQuotas",
  "listTransactions",
  "abortTransactions",
  "readQuorum",
  "unregister",
] as const;
export type AbilityName = (typeof abilityNames)[number];

/** GET /api/clusters/{cluster}/abilities: null where it can, else why not in words. */
export const abilities = z.object({
  abilities: z.record(z.enum(abilityNames), z.nullable(z.string())),
  readAtMs: instantMs,
});
export type Abilities = z.infer<typeof abilities>;

const partitionPlace = z.object({ topic: topicName, partition: partitionNumber });

/** Input of the change `elect-leaders`. */
export const electLeadersInput = z.object({
  cluster: clusterSlug,
  election: z.enum(["preferred", "unclean"]),
  /** Of these topics; of all when empty. */
  topics: z.array(topicName),
  /** Only these partitions of them; all when empty. */
  partitions: z.array(partitionPlace),
});
export type ElectLeadersInput = z.infer<typeof electLeadersInput>;

/** Input of the change `cancel-moves`. */
export const cancelMovesInput = z.object({ cluster: clusterSlug, partitions: z.array(partitionPlace) });

/** A rate or list for each side of a copy, as the config's text; null for none. */
const throttleSides = z.object({ leader: z.nullable(z.string()), follower: z.nullable(z.string()) });

/** A broker's, with the rate of moves between its log directories; left as it is where that is absent. */
const brokerThrottle = z.object({ ...throttleSides.shape, directories: z.optional(z.nullable(z.string())) });

/** Input of the change `change-throttles`: replication throttles (KIP-73, KIP-113) by broker and by topic. */
export const changeThrottlesInput = z.object({
  cluster: clusterSlug,
  brokers: z.record(z.string(), brokerThrottle),
  topics: byName(z.string(), throttleSides),
});
export type ChangeThrottlesInput = z.infer<typeof changeThrottlesInput>;

/** GET /api/clusters/{cluster}/throttles: those that are set. */
export const throttleList = z.object({
  brokers: z.record(z.string(), brokerThrottle),
  topics: byName(z.string(), throttleSides),
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type ThrottleList = z.infer<typeof throttleList>;

/** Input of the change `move-replica-directories`. */
export const moveDirectoriesInput = z.object({
  cluster: clusterSlug,
  broker: z.int(),
  /** The broker's log directory to move to, as it names it. */
  path: z.string().check(z.minLength(1)),
  /** With a path of its own where one goes elsewhere. */
  partitions: z
    .array(z.object({ ...partitionPlace.shape, path: z.optional(z.string()) }))
    .check(z.minLength(1, "Choose a partition.")),
});

/** Input of the change `change-broker-configs`. */
export const changeBrokerConfigsInput = z.object({
  cluster: clusterSlug,
  /** Null: the default of all brokers. */
  broker: z.nullable(z.int()),
  /** By name; null takes the own value away, so that what stands behind holds. */
  values: z.record(z.string().check(z.minLength(1)), z.nullable(z.string())),
});

/** Whom a quota is for: null is the default, absent is "whoever". */
export const quotaEntity = z.object({
  user: z.optional(z.nullable(z.string())),
  "client-id": z.optional(z.nullable(z.string())),
  ip: z.optional(z.nullable(z.string())),
});
export type QuotaEntityInput = z.infer<typeof quotaEntity>;

/** The quotas that Kafka knows, with what they limit. */
export const quotaKeys = [
  "producer_byte_rate",
  "consumer_byte_rate",
  "request_percentage",
  "controller_mutation_rate",
  "connection_creation_rate",
] as const;
export type QuotaKey = (typeof quotaKeys)[number];

/** Input of the change `change-quotas`. */
export const changeQuotasInput = z.object({
  cluster: clusterSlug,
  entity: quotaEntity,
  /** By key; null takes it away. */
  values: z.record(z.string(), z.nullable(z.number())),
});

/** GET /api/clusters/{cluster}/quotas */
export const quotaList = z.object({
  quotas: z.array(z.object({ entity: quotaEntity, values: z.record(z.string(), z.number()) })),
  readAtMs: instantMs,
});
export type QuotaList = z.infer<typeof quotaList>;

/** Input of the change `abort-transaction`: one partition's open transaction. */
export const abortTransactionInput = z.object({
  cluster: clusterSlug,
  topic: topicName,
  partition: partitionNumber,
  /** Of its first record in the partition. */
  startOffset: z.int(),
});
export type AbortTransactionInput = z.infer<typeof abortTransactionInput>;

/** Input of the change `fence-producer`. */
export const fenceProducerInput = z.object({ cluster: clusterSlug, transactionalId: z.string().check(z.minLength(1)) });

/** One transaction, as its coordinator knows it. */
export const transaction = z.object({
  transactionalId: z.string(),
  /** Kafka's word: Empty, Ongoing, PrepareCommit, PrepareAbort, CompleteCommit, CompleteAbort … */
  state: z.string(),
  coordinator: z.number(),
  producerId: z.number(),
  producerEpoch: z.nullable(z.number()),
  timeoutMs: z.nullable(z.number()),
  startedAtMs: z.nullable(instantMs),
  /** "topic-partition" */
  partitions: z.array(z.string()),
});
export type Transaction = z.infer<typeof transaction>;

/** A producer that a partition's leader remembers. */
export const partitionProducer = z.object({
  topic: z.string(),
  partition: z.number(),
  producerId: z.number(),
  producerEpoch: z.number(),
  lastSequence: z.number(),
  lastTimestampMs: z.nullable(instantMs),
  /** Where its open transaction begins in the partition; null without one. */
  transactionStartOffset: z.nullable(z.number()),
  /** Of the transaction, where a coordinator knows it. */
  transactionalId: z.nullable(z.string()),
  /** Its transaction is open here and no coordinator will end it: why. Null otherwise. */
  hanging: z.nullable(z.string()),
});
export type PartitionProducer = z.infer<typeof partitionProducer>;

/** GET /api/clusters/{cluster}/transactions */
export const transactionList = z.object({
  transactions: z.array(transaction),
  /** Why the cluster tells no transactions, when it has no way to; producers are told nevertheless. */
  untold: z.nullable(z.string()),
  producers: z.array(partitionProducer),
  /** Partitions whose producers were asked for, and how many there are. */
  partitionsAsked: z.number(),
  partitionsTotal: z.number(),
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type TransactionList = z.infer<typeof transactionList>;

const quorumMember = z.object({
  id: z.number(),
  role: z.enum(["leader", "voter", "observer"]),
  logEndOffset: z.number(),
  /** Records behind the leader. */
  lag: z.number(),
  lastFetchAtMs: z.nullable(instantMs),
  lastCaughtUpAtMs: z.nullable(instantMs),
});
export type QuorumMember = z.infer<typeof quorumMember>;

/** GET /api/clusters/{cluster}/quorum: who keeps the metadata, and which features the cluster has. */
export const quorum = z.object({
  /** Null on a cluster without KRaft, or where it may not be asked. */
  leaderId: z.nullable(z.number()),
  leaderEpoch: z.nullable(z.number()),
  highWatermark: z.nullable(z.number()),
  members: z.array(quorumMember),
  features: z.array(
    z.object({
      name: z.string(),
      /** The version that the whole cluster uses; null when it is not. */
      finalised: z.nullable(z.number()),
      supportedMin: z.nullable(z.number()),
      supportedMax: z.nullable(z.number()),
    }),
  ),
  /** Registered brokers that do not serve (KIP-1073). */
  fenced: z.array(z.object({ id: z.number(), host: z.string(), port: z.number(), rack: z.nullable(z.string()) })),
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type Quorum = z.infer<typeof quorum>;

/** Input of the change `unregister-broker`. */
export const unregisterBrokerInput = z.object({ cluster: clusterSlug, broker: z.int() });
