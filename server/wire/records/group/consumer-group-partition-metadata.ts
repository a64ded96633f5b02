import { recordType } from "../../record-type.ts";
import { arr, i32, str, uuid } from "../../schema.ts";

/** Key of what a group of the consumer protocol knew about its topics (KIP-848); Kafka 4.1 and later only delete it. */
export const ConsumerGroupPartitionMetadataKey = recordType(
  { kind: "coordinator-key", apiKey: 4, name: "ConsumerGroupPartitionMetadataKey", versions: "0", flexible: "never" },
  { groupId: str },
);

/**
 * Value of what a group of the consumer protocol knew about its topics (KIP-848); Kafka 4.1 and later only delete it.
 */
export const ConsumerGroupPartitionMetadataValue = recordType(
  { kind: "coordinator-value", apiKey: 4, name: "ConsumerGroupPartitionMetadataValue", versions: "0", flexible: 0 },
  {
    topics: arr({
      topicId: uuid,
      topicName: str,
      numPartitions: i32,
      partitionMetadata: arr({ partition: i32, racks: arr(str) }),
    }),
  },
);
