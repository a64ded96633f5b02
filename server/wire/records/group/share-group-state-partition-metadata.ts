import { recordType } from "../../record-type.ts";
import { arr, i32, str, uuid } from "../../schema.ts";

const topicPartitionsInfo = { topicId: uuid, topicName: str, partitions: arr(i32) };

const topicInfo = { topicId: uuid, topicName: str };

/** Key of the share partitions of a group whose state is being started, exists or is being deleted (KIP-932). */
export const ShareGroupStatePartitionMetadataKey = recordType(
  {
    kind: "coordinator-key",
    apiKey: 15,
    name: "ShareGroupStatePartitionMetadataKey",
    versions: "0",
    flexible: "never",
  },
  { groupId: str },
);

/** Value of the share partitions of a group whose state is being started, exists or is being deleted (KIP-932). */
export const ShareGroupStatePartitionMetadataValue = recordType(
  { kind: "coordinator-value", apiKey: 15, name: "ShareGroupStatePartitionMetadataValue", versions: "0", flexible: 0 },
  {
    initializingTopics: arr(topicPartitionsInfo),
    initializedTopics: arr(topicPartitionsInfo),
    deletingTopics: arr(topicInfo),
  },
);
