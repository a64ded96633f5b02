import { api } from "../api.ts";
import { arr, bool, i16, i32, i64, str, struct, u16 } from "../schema.ts";

const keyValue = { key: str, value: str };

const topicInfo = {
  name: str.entity("topicName"),
  partitions: i32,
  replicationFactor: i16,
  topicConfigs: arr(keyValue),
};

const endpoint = { host: str, port: u16 };

const taskOffset = { subtopologyId: str, partition: i32, offset: i64 };

const taskIds = { subtopologyId: str, partitions: arr(i32) };

const assignment = { activeTasks: arr(taskIds), standbyTasks: arr(taskIds), warmupTasks: arr(taskIds) };

/** Describes groups of Kafka Streams with topology and tasks (KIP-1071). */
export const StreamsGroupDescribe = api(
  { key: 89, name: "StreamsGroupDescribe", versions: "0", flexible: 0, listeners: ["broker"] },
  { groupIds: arr(str).entity("groupId"), includeAuthorizedOperations: bool },
  {
    throttleTimeMs: i32,
    groups: arr({
      errorCode: i16,
      errorMessage: str.nullable().def(null),
      groupId: str.entity("groupId"),
      groupState: str,
      groupEpoch: i32,
      assignmentEpoch: i32,
      topology: struct({
        epoch: i32,
        subtopologies: arr({
          subtopologyId: str,
          sourceTopics: arr(str).entity("topicName"),
          repartitionSinkTopics: arr(str).entity("topicName"),
          stateChangelogTopics: arr(topicInfo),
          repartitionSourceTopics: arr(topicInfo),
        })
          .nullable()
          .def(null),
      })
        .nullable()
        .def(null),
      members: arr({
        memberId: str,
        memberEpoch: i32,
        instanceId: str.nullable().def(null),
        rackId: str.nullable().def(null),
        clientId: str,
        clientHost: str,
        topologyEpoch: i32,
        processId: str,
        userEndpoint: struct(endpoint).nullable().def(null),
        clientTags: arr(keyValue),
        taskOffsets: arr(taskOffset),
        taskEndOffsets: arr(taskOffset),
        assignment: struct(assignment),
        targetAssignment: struct(assignment),
        isClassic: bool,
      }),
      authorizedOperations: i32.def(-2147483648),
    }),
  },
);
