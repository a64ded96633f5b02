/** Names one partition of one topic. */
export type TopicPartition = { readonly topic: string; readonly partition: number };

/** `topic-partition`: the key of maps and the name of the partition's directory. Unique, because the part after the last "-" is the number. */
export function partitionKey(topicPartition: TopicPartition): string {
  return `${topicPartition.topic}-${topicPartition.partition}`;
}

/** Reads `partitionKey`'s form back; undefined when it is not one. */
export function parsePartitionKey(key: string): TopicPartition | undefined {
  const dash = key.lastIndexOf("-");
  const digits = key.slice(dash + 1);
  if (dash <= 0 || !/^\d{1,10}$/.test(digits)) return undefined;
  return { topic: key.slice(0, dash), partition: Number(digits) };
}
