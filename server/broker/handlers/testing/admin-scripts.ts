import { AlterPartitionReassignments } from "../../../wire/apis/alter-partition-reassignments.ts";
import type { RequestInput } from "../../../wire/api.ts";
import { AlterConfigs } from "../../../wire/apis/alter-configs.ts";
import { CreatePartitions } from "../../../wire/apis/create-partitions.ts";
import { CreateTopics } from "../../../wire/apis/create-topics.ts";
import { DeleteTopics } from "../../../wire/apis/delete-topics.ts";
import { DescribeCluster } from "../../../wire/apis/describe-cluster.ts";
import { DescribeConfigs } from "../../../wire/apis/describe-configs.ts";
import { DescribeLogDirs } from "../../../wire/apis/describe-log-dirs.ts";
import { DescribeTopicPartitions } from "../../../wire/apis/describe-topic-partitions.ts";
import { ElectLeaders } from "../../../wire/apis/elect-leaders.ts";
import { IncrementalAlterConfigs } from "../../../wire/apis/incremental-alter-configs.ts";
import { ListConfigResources } from "../../../wire/apis/list-config-resources.ts";
import { ListPartitionReassignments } from "../../../wire/apis/list-partition-reassignments.ts";
import { Metadata } from "../../../wire/apis/metadata.ts";
import { SaslAuthenticate } from "../../../wire/apis/sasl-authenticate.ts";
import { SaslHandshake } from "../../../wire/apis/sasl-handshake.ts";
import { UnregisterBroker } from "../../../wire/apis/unregister-broker.ts";
import type { Script } from "./talk.ts";

/** How long a request may take. */
const TIMEOUT_MS = 15_000;
/** An id that no topic has. */
const MISSING_ID = "AAAAAAAAAAAAAAAAAAAAXw";

/** What tools ask and change. */
export const adminScripts: Readonly<Record<string, Script>> = {
  "metadata in every version": async (talk) => {
    const topicId = await talk.createTopic("m", {}, 2);
    for (let version = 0; version <= 13; version++) {
      const topics = [{ name: "m" }, { name: "nowhere-at-all" }, { name: "a b" }, { name: "" }];
      const manual = version >= 4 ? { allowAutoTopicCreation: false } : {};
      await talk.note(`v${version}`, Metadata, { topics: version >= 4 ? topics : [{ name: "m" }], ...manual }, version);
    }
    await talk.note("none", Metadata, { topics: [] }, 9);
    await talk.note(
      "operations",
      Metadata,
      { topics: [{ name: "m" }], includeClusterAuthorizedOperations: true, includeTopicAuthorizedOperations: true },
      10,
    );
    await talk.note(
      "by id",
      Metadata,
      {
        topics: [
          { topicId, name: null },
          { topicId: MISSING_ID, name: null },
        ],
        allowAutoTopicCreation: false,
      },
      12,
    );
    await talk.note("the cluster", DescribeCluster, { includeClusterAuthorizedOperations: true });
    await talk.note("fenced brokers", DescribeCluster, { includeFencedBrokers: true });
    await talk.note("controllers", DescribeCluster, { endpointType: 2 });
    await talk.note("nonsense", DescribeCluster, { endpointType: 9 });
    await talk.createTopic("m2", {}, 3);
    const names = [{ name: "m2" }, { name: "m" }, { name: "nowhere-at-all" }];
    await talk.note("partitions", DescribeTopicPartitions, { topics: names, cursor: null });
    await talk.note("a page", DescribeTopicPartitions, { topics: names, responsePartitionLimit: 3, cursor: null });
    await talk.note("the next page", DescribeTopicPartitions, {
      topics: names,
      responsePartitionLimit: 3,
      cursor: { topicName: "m2", partitionIndex: 1 },
    });
    await talk.note("from a topic that is not", DescribeTopicPartitions, {
      topics: names,
      cursor: { topicName: "m1", partitionIndex: 0 },
    });
    await talk.note("reassignments", ListPartitionReassignments, { topics: null });
    const asked = (replicas: number[] | null) => [
      {
        name: "m",
        partitions: [
          { partitionIndex: 0, replicas },
          { partitionIndex: 9, replicas },
        ],
      },
      { name: "nowhere-at-all", partitions: [{ partitionIndex: 0, replicas }] },
    ];
    await talk.note("a reassignment to where it is", AlterPartitionReassignments, { topics: asked([1]) });
    await talk.note("a reassignment to nobody", AlterPartitionReassignments, { topics: asked([99]) });
    await talk.note("a reassignment to none", AlterPartitionReassignments, { topics: asked([]) });
    await talk.note("a reassignment to the same twice", AlterPartitionReassignments, { topics: asked([1, 1]) });
    await talk.note("a cancel of nothing", AlterPartitionReassignments, { topics: asked(null) });
    await talk.note("elections", ElectLeaders, {
      electionType: 0,
      topicPartitions: [
        { topic: "m", partitions: [0, 9] },
        { topic: "nowhere-at-all", partitions: [0] },
      ],
      timeoutMs: TIMEOUT_MS,
    });
    await talk.note("unclean elections", ElectLeaders, {
      electionType: 1,
      topicPartitions: [{ topic: "m", partitions: [0] }],
      timeoutMs: TIMEOUT_MS,
    });
    await talk.note("a broker that is not", UnregisterBroker, { brokerId: 55 });
  },
  "topics through the controller": async (talk) => {
    const create = (
      label: string,
      topics: NonNullable<RequestInput<typeof CreateTopics>["topics"]>,
      validateOnly = false,
    ) => talk.note(label, CreateTopics, { topics, timeoutMs: TIMEOUT_MS, validateOnly });
    await create("only checked", [{ name: "c0", numPartitions: 2, replicationFactor: 1 }], true);
    await create("made", [
      { name: "c1", numPartitions: 2, replicationFactor: 1, configs: [{ name: "retention.ms", value: "5000" }] },
    ]);
    await create("again", [{ name: "c1", numPartitions: 2, replicationFactor: 1 }]);
    await create("with defaults", [{ name: "c2", numPartitions: -1, replicationFactor: -1 }]);
    await create("without partitions", [{ name: "c3", numPartitions: 0, replicationFactor: 1 }]);
    await create("with -2 partitions", [{ name: "c3", numPartitions: -2, replicationFactor: 1 }]);
    await create("without replicas", [{ name: "c3", numPartitions: 1, replicationFactor: 0 }]);
    await create("with too many replicas", [{ name: "c3", numPartitions: 1, replicationFactor: 3 }]);
    await create("with a bad name", [{ name: "a b", numPartitions: 1, replicationFactor: 1 }]);
    await create("with a name that collides", [{ name: "col.lide", numPartitions: 1, replicationFactor: 1 }]);
    await create("which collides", [{ name: "col_lide", numPartitions: 1, replicationFactor: 1 }]);
    await create("with a bad value", [
      { name: "c3", numPartitions: 1, replicationFactor: 1, configs: [{ name: "retention.ms", value: "soon" }] },
    ]);
    await create("with a config that is not", [
      { name: "c3", numPartitions: 1, replicationFactor: 1, configs: [{ name: "nothing", value: "1" }] },
    ]);
    await create("assigned", [
      { name: "c4", numPartitions: -1, replicationFactor: -1, assignments: [{ partitionIndex: 0, brokerIds: [1] }] },
    ]);
    await create("assigned and counted", [
      { name: "c5", numPartitions: 1, replicationFactor: 1, assignments: [{ partitionIndex: 0, brokerIds: [1] }] },
    ]);
    await create("assigned with a gap", [
      { name: "c5", numPartitions: -1, replicationFactor: -1, assignments: [{ partitionIndex: 1, brokerIds: [1] }] },
    ]);
    await create("assigned to nobody", [
      { name: "c5", numPartitions: -1, replicationFactor: -1, assignments: [{ partitionIndex: 0, brokerIds: [9] }] },
    ]);
    await create("twice in one request", [
      { name: "c6", numPartitions: 1, replicationFactor: 1 },
      { name: "c6", numPartitions: 1, replicationFactor: 1 },
    ]);
    const grow = (label: string, name: string, count: number, assignments: { brokerIds: number[] }[] | null = null) =>
      talk.note(label, CreatePartitions, { topics: [{ name, count, assignments }], timeoutMs: TIMEOUT_MS });
    await grow("grown", "c1", 3);
    await grow("not grown", "c1", 3);
    await grow("shrunk", "c1", 1);
    await grow("grown by assignment", "c1", 4, [{ brokerIds: [1] }]);
    await grow("grown by a wrong assignment", "c1", 5, [{ brokerIds: [7] }]);
    await grow("grown by too many assignments", "c1", 5, [{ brokerIds: [1] }, { brokerIds: [1] }]);
    await grow("grown nowhere", "nowhere", 4);
    const remove = (label: string, request: RequestInput<typeof DeleteTopics>, version = 6) =>
      talk.note(label, DeleteTopics, { timeoutMs: TIMEOUT_MS, ...request }, version);
    await remove("deleted", { topics: [{ name: "c1" }, { name: "nowhere" }, { topicId: MISSING_ID }] });
    await remove("deleted in v3", { topicNames: ["c2", "nowhere"] }, 3);
    await remove("deleted by both", { topics: [{ name: "c4", topicId: MISSING_ID }] });
    await remove("deleted twice", { topics: [{ name: "c6" }, { name: "c6" }] });
  },
  "configs through the controller": async (talk) => {
    await talk.createTopic("g", { "retention.ms": "7000" });
    type Change = { name: string; configOperation?: number; value: string | null };
    const change = (label: string, configs: Change[], resourceName = "g", resourceType = 2, validateOnly = false) =>
      talk.note(label, IncrementalAlterConfigs, { resources: [{ resourceType, resourceName, configs }], validateOnly });
    await change("set", [{ name: "segment.bytes", value: "2000000" }]);
    await change("only checked", [{ name: "segment.bytes", value: "3000000" }], "g", 2, true);
    await change("set to nothing", [{ name: "segment.bytes", value: null }]);
    await change("set badly", [{ name: "segment.bytes", value: "many" }]);
    await change("set what is not", [{ name: "nothing.like.this", value: "1" }]);
    await change("set twice", [
      { name: "segment.bytes", value: "2000000" },
      { name: "segment.bytes", value: "2000001" },
    ]);
    await change("appended", [{ name: "cleanup.policy", configOperation: 2, value: "compact" }]);
    await change("subtracted", [{ name: "cleanup.policy", configOperation: 3, value: "delete" }]);
    await change("appended to what is no list", [{ name: "segment.bytes", configOperation: 2, value: "1" }]);
    await change("deleted", [{ name: "retention.ms", configOperation: 1, value: null }]);
    await change("of nowhere", [{ name: "retention.ms", value: "1" }], "nowhere");
    await change("of nobody", [{ name: "log.retention.ms", value: "1000" }], "99", 4);
    await change("of no number", [{ name: "log.retention.ms", value: "1000" }], "one", 4);
    await change("of a broker, read-only", [{ name: "node.id", value: "5" }], "1", 4);
    await change("of nothing known", [{ name: "a", value: "1" }], "1", 77);
    await talk.client.createTopic("settled");
    const keys = ["cleanup.policy", "retention.ms", "segment.bytes", "max.message.bytes"];
    const about = (
      label: string,
      resourceType: number,
      resourceName: string,
      configurationKeys: string[] | null = keys,
      version = 4,
    ) =>
      talk.note(
        label,
        DescribeConfigs,
        {
          resources: [{ resourceType, resourceName, configurationKeys }],
          includeSynonyms: true,
          includeDocumentation: false,
        },
        version,
      );
    for (const version of [1, 2, 3, 4]) await about(`described in v${version}`, 2, "g", keys, version);
    await about("of nowhere, described", 2, "nowhere");
    await about("of another broker, described", 4, "42");
    await about("of no broker, described", 4, "one");
    await about("of all brokers, described", 4, "");
    await about("of no type, described", 77, "x");
    await about("of no logger, described", 8, "");
    await about("of no topic, described", 2, "");
    await talk.note("replaced", AlterConfigs, {
      resources: [{ resourceType: 2, resourceName: "g", configs: [{ name: "retention.ms", value: "9000" }] }],
    });
    await talk.note("replaced nowhere", AlterConfigs, {
      resources: [{ resourceType: 2, resourceName: "nowhere", configs: [] }],
    });
    await talk.note("resources of no type", ListConfigResources, { resourceTypes: [77] });
    await talk.note("client metrics", ListConfigResources, { resourceTypes: [16] });
    await talk.note("directories", DescribeLogDirs, {
      topics: [
        { topic: "g", partitions: [0, 9] },
        { topic: "nowhere", partitions: [0] },
      ],
    });
  },
  "SASL where there is none": async (talk) => {
    await talk.note("handshake", SaslHandshake, { mechanism: "PLAIN" });
    await talk.note("login", SaslAuthenticate, { authBytes: new Uint8Array(3) });
  },
};
