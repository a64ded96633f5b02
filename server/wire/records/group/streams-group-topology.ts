import { recordType } from "../../record-type.ts";
import { arr, i16, i32, str } from "../../schema.ts";

const topicConfig = { key: str, value: str };

const topicInfo = { name: str, partitions: i32, replicationFactor: i16, topicConfigs: arr(topicConfig) };

/** Key of the topology of a group of Kafka Streams (KIP-1071). */
export const StreamsGroupTopologyKey = recordType(
  { kind: "coordinator-key", apiKey: 23, name: "StreamsGroupTopologyKey", versions: "0", flexible: "never" },
  { groupId: str },
);

/** Value of the topology of a group of Kafka Streams (KIP-1071). */
export const StreamsGroupTopologyValue = recordType(
  { kind: "coordinator-value", apiKey: 23, name: "StreamsGroupTopologyValue", versions: "0", flexible: 0 },
  {
    epoch: i32,
    subtopologies: arr({
      subtopologyId: str,
      sourceTopics: arr(str),
      sourceTopicRegex: arr(str),
      stateChangelogTopics: arr(topicInfo),
      repartitionSinkTopics: arr(str),
      repartitionSourceTopics: arr(topicInfo),
      copartitionGroups: arr({ sourceTopics: arr(i16), sourceTopicRegex: arr(i16), repartitionSourceTopics: arr(i16) }),
    }),
  },
);
