import { recordType } from "../../record-type.ts";
import { arr, i32, str, struct, u16 } from "../../schema.ts";

const endpoint = { host: str, port: u16 };

const keyValue = { key: str, value: str };

/** Key of a member of a group of Kafka Streams: client, process, endpoint and tags (KIP-1071). */
export const StreamsGroupMemberMetadataKey = recordType(
  { kind: "coordinator-key", apiKey: 19, name: "StreamsGroupMemberMetadataKey", versions: "0", flexible: "never" },
  { groupId: str, memberId: str },
);

/** Value of a member of a group of Kafka Streams: client, process, endpoint and tags (KIP-1071). */
export const StreamsGroupMemberMetadataValue = recordType(
  { kind: "coordinator-value", apiKey: 19, name: "StreamsGroupMemberMetadataValue", versions: "0", flexible: 0 },
  {
    instanceId: str.nullable(),
    rackId: str.nullable(),
    clientId: str,
    clientHost: str,
    rebalanceTimeoutMs: i32.def(-1),
    topologyEpoch: i32,
    processId: str,
    userEndpoint: struct(endpoint).nullable().def(null),
    clientTags: arr(keyValue),
  },
);
