import * as z from "zod/mini";
import { brokerSummary } from "@/lib/contracts/broker-summary";
import { configEntry } from "@/lib/contracts/configs";
import { clusterSlug, instantMs } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** GET /api/clusters/{cluster}/brokers: what the last sweep found. */
export const brokerList = z.object({
  brokers: z.array(brokerSummary),
  partitions: z.number(),
  underReplicated: z.number(),
  belowMinIsr: z.nullable(z.number()),
  offline: z.number(),
  /** The console can stop and start them: its own platform runs them and answers on its control socket. */
  canControl: z.boolean(),
  trendStepMs: z.number(),
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type BrokerList = z.infer<typeof brokerList>;

/** One log directory of a broker. */
export const logDirectory = z.object({
  path: z.string(),
  replicas: z.number(),
  sizeBytes: z.number(),
  totalBytes: z.nullable(z.number()),
  usableBytes: z.nullable(z.number()),
  problem: z.nullable(problemSchema),
});

/** What a broker has of one topic. */
export const brokerTopic = z.object({
  topic: z.string(),
  leaders: z.number(),
  replicas: z.number(),
  outOfSync: z.number(),
});
export type BrokerTopic = z.infer<typeof brokerTopic>;

/** GET /api/clusters/{cluster}/brokers/{broker}: configs and log directories are read now. */
export const brokerDetail = z.object({
  ...brokerSummary.shape,
  /** Topics with a replica on it, by name. */
  topics: z.array(brokerTopic),
  logDirectories: z.array(logDirectory),
  configs: z.array(configEntry),
  canControl: z.boolean(),
  trendStepMs: z.number(),
  problems: z.array(problemSchema),
});
export type BrokerDetail = z.infer<typeof brokerDetail>;

/** GET /api/clusters/{cluster}/brokers/differences: configs whose values differ between brokers. */
export const brokerDifferences = z.object({
  brokers: z.array(z.number()),
  configs: z.array(
    z.object({
      name: z.string(),
      /** By broker id; null when sensitive or unset. */
      values: z.record(z.string(), z.nullable(z.string())),
      defaultValue: z.nullable(z.string()),
      isReadOnly: z.boolean(),
    }),
  ),
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type BrokerDifferences = z.infer<typeof brokerDifferences>;

/** Input of the change `control-broker`: a broker of the bundled cluster is stopped or started. */
export const controlBrokerInput = z.object({
  cluster: clusterSlug,
  broker: z.int(),
  command: z.enum(["stop", "start"]),
});
export type ControlBrokerInput = z.infer<typeof controlBrokerInput>;

/** Input of the change `add-broker`: one more comes to the bundled cluster. */
export const addBrokerInput = z.object({ cluster: clusterSlug });

/** Input of the change `remove-broker`: a broker of the bundled cluster is emptied, and leaves for good. */
export const removeBrokerInput = z.object({ cluster: clusterSlug, broker: z.int() });

/** One replica in a log directory of a broker. */
export const brokerReplica = z.object({
  topic: z.string(),
  partition: z.number(),
  path: z.string(),
  sizeBytes: z.number(),
  /** Messages behind the leader; of a copy under way to another directory, behind the replica that it is made from. */
  lagMessages: z.number(),
  /** It is a copy under way to this directory. */
  isFuture: z.boolean(),
  role: z.enum(["leader", "in-sync", "lagging", "unknown"]),
});
export type BrokerReplica = z.infer<typeof brokerReplica>;

/** GET /api/clusters/{cluster}/brokers/{broker}/replicas: asked of the broker now. */
export const brokerReplicas = z.object({
  replicas: z.array(brokerReplica),
  paths: z.array(z.string()),
  readAtMs: instantMs,
});
export type BrokerReplicas = z.infer<typeof brokerReplicas>;
