import * as z from "zod/mini";
import { recordSummary } from "@/lib/contracts/messages";
import { clusterSlug, offsetText, partitionNumber, topicName } from "@/lib/contracts/primitives";

/** GET /api/clusters/{cluster}/groups/{group}/next?topic=&partition=: the record that a group reads next in a partition. */
export const nextRecord = z.object({
  topic: z.string(),
  partition: partitionNumber,
  /** What the group has committed. */
  offset: offsetText,
  /** The first at or after it; null when there is none before the end. */
  record: z.nullable(recordSummary),
  /** What is odd about it beside its neighbours: "Not JSON: …"; null when nothing is. */
  fault: z.nullable(z.string()),
  /** Topics whose names say that they hold dead letters, the likeliest first. */
  deadLetterTopics: z.array(z.string()),
});
export type NextRecord = z.infer<typeof nextRecord>;

/** Input of the change `skip-record`. */
export const skipRecordInput = z.object({
  cluster: clusterSlug,
  group: z.string(),
  topic: topicName,
  partition: partitionNumber,
  /** Where the group stands; at another offset by now, the change is refused. */
  offset: offsetText,
  /** Where the record is copied to before it is skipped; null: nowhere. */
  deadLetterTopic: z.nullable(topicName),
});
export type SkipRecordInput = z.infer<typeof skipRecordInput>;
