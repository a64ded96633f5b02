import { createHash } from "node:crypto";
import type { TopicMetadata } from "../client/metadata-image.ts";
import { replicationFactorOf } from "./topic-summary.ts";

/** Stands for the topic that a plan was made for: another topic of the same name, or one that was grown since, has another. */
export function topicFingerprint(topic: TopicMetadata): string {
  const identity = [topic.name, topic.topicId, topic.partitions.length, replicationFactorOf(topic)].join("\n");
  return createHash("sha256").update(identity).digest("base64url").slice(0, 22);
}
