import type { TopicMetadata } from "../client/metadata-image.ts";

/** Metadata's word for "not asked, or not told". */
const NOT_TOLD = -2_147_483_648;

/** AclOperation's numbers that a topic can have, which are the bits of topicAuthorizedOperations (KIP-430). */
const OPERATIONS: readonly (readonly [number, string])[] = [
  [3, "Read"],
  [4, "Write"],
  [5, "Create"],
  [6, "Delete"],
  [7, "Alter"],
  [8, "Describe"],
  [10, "DescribeConfigs"],
  [11, "AlterConfigs"],
];

/** What the caller may do with a topic, in Kafka's words; null when the cluster does not tell. */
export function topicRights({
  topicAuthorizedOperations: bits,
}: Pick<TopicMetadata, "topicAuthorizedOperations">): string[] | null {
  if (bits === NOT_TOLD) return null;
  return OPERATIONS.filter(([bit]) => (bits & (1 << bit)) !== 0).map(([, name]) => name);
}
