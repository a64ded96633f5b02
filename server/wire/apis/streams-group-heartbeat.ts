import { api } from "../api.ts";
import { arr, bool, i16, i32, i64, i8, str, struct, u16 } from "../schema.ts";

const keyValue = { key: str, value: str };

const topicInfo = {
  name: str.entity("topicName"),
  partitions: i32,
  replicationFactor: i16,
  topicConfigs: arr(keyValue),
};

const taskIds = { subtopologyId: str, partitions: arr(i32) };

const endpoint = { host: str, port: u16 };

const taskOffset = { subtopologyId: str, partition: i32, offset: i64 };

const status = { statusCode: i8, statusDetail: str };

const topicPartition = { topic: str.entity("topicName"), partitions: arr(i32) };

/** Joins, keeps and leaves a group of Kafka Streams whose tasks the coordinator assigns (KIP-1071). */
export const StreamsGroupHeartbeat = api(
  { key: 88, name: "StreamsGroupHeartbeat", versions: "0", flexible: 0, listeners: ["broker"] },
  {
    groupId: str.entity("groupId"),
    memberId: str,
    memberEpoch: i32,
    endpointInformationEpoch: i32,
    instanceId: str.nullable().def(null),
    rackId: str.nullable().def(null),
    rebalanceTimeoutMs: i32.def(-1),
    topology: struct({
      epoch: i32,
      subtopologies: arr({
        subtopologyId: str,
        sourceTopics: arr(str).entity("topicName"),
        sourceTopicRegex: arr(str),
        stateChangelogTopics: arr(topicInfo),
        repartitionSinkTopics: arr(str).entity("topicName"),
        repartitionSourceTopics: arr(topicInfo),
        copartitionGroups: arr({
          sourceTopics: arr(i16),
          sourceTopicRegex: arr(i16),
          repartitionSourceTopics: arr(i16),
        }),
      }),
    })
      .nullable()
      .def(null),
    activeTasks: arr(taskIds).nullable().def(null),
    standbyTasks: arr(taskIds).nullable().def(null),
    warmupTasks: arr(taskIds).nullable().def(null),
    processId: str.nullable().def(null),
    userEndpoint: struct(endpoint).nullable().def(null),
    clientTags: arr(keyValue).nullable().def(null),
    taskOffsets: arr(taskOffset).nullable().def(null),
    taskEndOffsets: arr(taskOffset).nullable().def(null),
    shutdownApplication: bool,
  },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    errorMessage: str.nullable().def(null),
    memberId: str,
    memberEpoch: i32,
    heartbeatIntervalMs: i32,
    acceptableRecoveryLag: i32,
    taskOffsetIntervalMs: i32,
    status: arr(status).nullable(),
    activeTasks: arr(taskIds).nullable().def(null),
    standbyTasks: arr(taskIds).nullable().def(null),
    warmupTasks: arr(taskIds).nullable().def(null),
    endpointInformationEpoch: i32,
    partitionsByUserEndpoint: arr({
      userEndpoint: struct(endpoint),
      activePartitions: arr(topicPartition),
      standbyPartitions: arr(topicPartition),
    })
      .nullable()
      .def(null),
  },
);
