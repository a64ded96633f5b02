import * as z from "zod/mini";
import { instantMs } from "@/lib/contracts/primitives";

/** One access control entry that is about a topic. */
export const topicAccessEntry = z.object({
  /** "User:orders-app" */
  principal: z.string(),
  host: z.string(),
  /** Kafka's word: Read, DescribeConfigs … */
  operation: z.string(),
  permission: z.enum(["Allow", "Deny"]),
  /** How it names the topic: by its name, by how the name begins, or all topics. */
  pattern: z.enum(["literal", "prefixed", "wildcard"]),
  /** The name, prefix or `*` that it was written for. */
  resource: z.string(),
});
export type TopicAccessEntry = z.infer<typeof topicAccessEntry>;

/** GET /api/clusters/{cluster}/topics/{topic}/access: asked of the cluster now. */
export const topicAccess = z.object({
  entries: z.array(topicAccessEntry),
  /** Why the cluster has no access control; null when it has. */
  open: z.nullable(z.string()),
  readAtMs: instantMs,
});
export type TopicAccess = z.infer<typeof topicAccess>;
