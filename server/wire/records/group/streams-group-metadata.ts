import { recordType } from "../../record-type.ts";
import { arr, i32, i64, str } from "../../schema.ts";

const lastAssignmentConfig = { key: str, value: str };

/** Key of the epoch of a group of Kafka Streams (KIP-1071). */
export const StreamsGroupMetadataKey = recordType(
  { kind: "coordinator-key", apiKey: 17, name: "StreamsGroupMetadataKey", versions: "0", flexible: "never" },
  { groupId: str },
);

/** Value of the epoch of a group of Kafka Streams (KIP-1071). */
export const StreamsGroupMetadataValue = recordType(
  { kind: "coordinator-value", apiKey: 17, name: "StreamsGroupMetadataValue", versions: "0", flexible: 0 },
  {
    epoch: i32,
    metadataHash: i64.bigint(),
    validatedTopologyEpoch: i32.def(-1).tag(0, "0+"),
    lastAssignmentConfigs: arr(lastAssignmentConfig).nullable().tag(1, "0+"),
  },
);
