import type { TopicPartition } from "../topic-partition.ts";
import type { PartitionLog } from "../log/partition-log.ts";

/** One replica on this broker. */
export declare class Partition {
  readonly topicPartition: TopicPartition;
  readonly topicId: string;
  readonly log: PartitionLog;
  readonly leaderEpoch: number;
}
