import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "../../environment/real/log.ts";
import { realEnvironment } from "../../environment/real/real-environment.ts";
import type { AnyApi } from "../../wire/api.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { batchOf, TestClient } from "../testing/test-client.ts";
import { brokerHandlers } from "./table.ts";

/** Lines that tell of a bug; there must be none. */
const bugs: string[] = [];
const environment = realEnvironment({
  log: createLog({ format: "json", level: "error", destination: { write: (line: string) => void bugs.push(line) } }),
});
let cluster: TestCluster;
let client: TestClient;
let topicId = "";
beforeAll(async () => {
  cluster = await startCluster({ environment });
  client = await TestClient.connect(cluster.bootstrap);
  topicId = await client.createTopic("present");
  await client.produce("present", ["a", "b"]);
});
afterAll(async () => {
  client.close();
  await cluster.stop();
});

const MISSING_ID = "AAAAAAAAAAAAAAAAAAAAXw";
const PARTITIONS = [0, 7];

/** Topics by name, or by id in the versions that have no name: one that is there and one that is not. */
function topics(byId: boolean, partitions: readonly unknown[]): object[] {
  return byId
    ? [topicId, MISSING_ID].map((id) => ({ topicId: id, partitions }))
    : ["present", "missing"].map((name) => ({ name, topic: name, partitions }));
}

/** What is sent of each API, so that every part of its answer is filled; an API that is not here is sent empty. */
const requests: Readonly<Record<string, (version: number) => object>> = {
  Produce: (version) => ({
    acks: -1,
    timeoutMs: 1000,
    topicData: topics(version >= 13, []).map((topic) => ({
      ...topic,
      partitionData: PARTITIONS.map((index) => ({ index, records: batchOf(["x"]) })),
    })),
  }),
  Fetch: (version) => ({
    minBytes: 1,
    topics: topics(
      version >= 13,
      PARTITIONS.map((partition) => ({ partition, fetchOffset: 0, partitionMaxBytes: 1000 })),
    ),
  }),
  ListOffsets: () => ({
    replicaId: -1,
    topics: topics(
      false,
      PARTITIONS.map((partitionIndex) => ({ partitionIndex, timestamp: 0 })),
    ),
  }),
  Metadata: (version) => ({ topics: version === 0 ? [{ name: "present" }] : [{ name: "present" }, { name: "a b" }] }),
  OffsetCommit: (version) => ({
    groupId: "g",
    generationIdOrMemberEpoch: -1,
    topics: topics(
      version >= 10,
      PARTITIONS.map((partitionIndex) => ({ partitionIndex, committedOffset: 1, committedMetadata: "m" })),
    ),
  }),
  OffsetFetch: (version) =>
    version >= 8
      ? {
          groups: [
            {
              groupId: "g",
              topics: topics(version >= 10, []).map((topic) => ({ ...topic, partitionIndexes: PARTITIONS })),
            },
          ],
        }
      : { groupId: "g", topics: topics(false, []).map((topic) => ({ ...topic, partitionIndexes: PARTITIONS })) },
  FindCoordinator: (version) => (version >= 4 ? { coordinatorKeys: ["g", "h"] } : { key: "g" }),
  JoinGroup: () => ({
    groupId: "absent",
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 10_000,
    memberId: "nobody",
    protocolType: "consumer",
    protocols: [{ name: "range", metadata: new Uint8Array(0) }],
  }),
  SyncGroup: () => ({ groupId: "absent", memberId: "nobody" }),
  Heartbeat: () => ({ groupId: "absent", memberId: "nobody" }),
  LeaveGroup: (version) =>
    version >= 3 ? { groupId: "absent", members: [{ memberId: "nobody" }] } : { groupId: "absent", memberId: "nobody" },
  DescribeGroups: () => ({ groups: ["g", "absent"] }),
  DeleteGroups: () => ({ groupsNames: ["absent"] }),
  ApiVersions: () => ({ clientSoftwareName: "test", clientSoftwareVersion: "1" }),
  SaslHandshake: () => ({ mechanism: "PLAIN" }),
  CreateTopics: (version) => ({
    timeoutMs: 5000,
    topics: [
      { name: `made-by-v${version}`, numPartitions: 1, replicationFactor: 1 },
      { name: "present", numPartitions: 1, replicationFactor: 1 },
    ],
  }),
  DeleteTopics: (version) =>
    version >= 6 ? { topics: [{ topicId: MISSING_ID }, { name: "missing" }] } : { topicNames: ["missing"] },
  DeleteRecords: () => ({
    topics: topics(
      false,
      PARTITIONS.map((partitionIndex) => ({ partitionIndex, offset: 0 })),
    ),
  }),
  InitProducerId: () => ({ transactionalId: null, transactionTimeoutMs: 1000 }),
  OffsetForLeaderEpoch: () => ({
    topics: topics(
      false,
      PARTITIONS.map((partition) => ({ partition, leaderEpoch: 0 })),
    ).map((topic) => ({ ...topic, name: undefined })),
  }),
  DescribeConfigs: () => ({
    includeSynonyms: true,
    resources: [2, 4, 8, 16, 32, 99].map((resourceType) => ({
      resourceType,
      resourceName: resourceType === 2 ? "present" : "1",
      configurationKeys: null,
    })),
  }),
  AlterConfigs: () => ({
    resources: [{ resourceType: 2, resourceName: "missing", configs: [{ name: "a", value: "b" }] }],
  }),
  IncrementalAlterConfigs: () => ({
    resources: [{ resourceType: 2, resourceName: "missing", configs: [{ name: "a", value: "b" }] }],
  }),
  CreatePartitions: () => ({ timeoutMs: 5000, topics: [{ name: "missing", count: 3, assignments: null }] }),
  AlterReplicaLogDirs: () => ({ dirs: [{ path: "/nowhere", topics: [{ name: "present", partitions: PARTITIONS }] }] }),
  DescribeLogDirs: () => ({ topics: null }),
  ElectLeaders: () => ({ topicPartitions: [{ topic: "present", partitions: PARTITIONS }] }),
  AlterPartitionReassignments: () => ({
    topics: [{ name: "present", partitions: [{ partitionIndex: 0, replicas: [1] }] }],
  }),
  ListPartitionReassignments: () => ({ topics: null }),
  OffsetDelete: () => ({ groupId: "g", topics: [{ name: "present", partitions: [{ partitionIndex: 0 }] }] }),
  DescribeClientQuotas: () => ({ components: [{ entityType: "user", matchType: 2, match: null }], strict: false }),
  AlterClientQuotas: () => ({
    entries: [
      {
        entity: [{ entityType: "user", entityName: "ada" }],
        ops: [{ key: "consumer_byte_rate", value: 1024, remove: false }],
      },
    ],
    validateOnly: false,
  }),
  DescribeUserScramCredentials: () => ({ users: null }),
  AlterUserScramCredentials: () => ({ deletions: [{ name: "ada", mechanism: 1 }], upsertions: [] }),
  DescribeQuorum: () => ({ topics: [{ topicName: "__cluster_metadata", partitions: [{ partitionIndex: 0 }] }] }),
  UnregisterBroker: () => ({ brokerId: 77 }),
  DescribeProducers: () => ({ topics: topics(false, []).map((topic) => ({ ...topic, partitionIndexes: PARTITIONS })) }),
  DescribeTopicPartitions: () => ({ topics: [{ name: "present" }, { name: "missing" }] }),
};

const served = [...brokerHandlers.values()].flatMap(({ api }) => {
  const { min, max } = api.validVersions;
  return Array.from({ length: max - min + 1 }, (_, index) => ({
    api,
    version: min + index,
    title: `${api.name} v${min + index}`,
  }));
});

describe("every API that is served, in every version", () => {
  for (const { api, version, title } of served) {
    test(`${title} has an answer that the client can read`, async () => {
      await ask(api, requests[api.name]?.(version) ?? {}, version);
      expect(bugs.splice(0)).toEqual([]);
    });
  }
});

/** Sends what the table has: its fields are checked by the encoder, not by types. */
async function ask(api: AnyApi, request: object, version: number): Promise<void> {
  await client.ask(api, request as never, version);
}
