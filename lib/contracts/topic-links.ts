import * as z from "zod/mini";
import { instantMs } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** A subject of the Schema Registry that belongs to a topic by its name. */
export const linkedSubject = z.object({
  subject: z.string(),
  /** What of a message it is for; `record` where its name has a record's name behind the topic's. */
  part: z.enum(["key", "value", "record"]),
  recordName: z.nullable(z.string()),
  /** The newest version; null when it could not be read. */
  latest: z.nullable(
    z.object({
      version: z.number(),
      id: z.number(),
      /** AVRO, JSON, PROTOBUF */
      type: z.string(),
      schema: z.string(),
    }),
  ),
  /** BACKWARD, FULL_TRANSITIVE …; null when it is not told. */
  compatibility: z.nullable(z.string()),
});
export type LinkedSubject = z.infer<typeof linkedSubject>;

/** A connector that uses a topic. */
export const linkedConnector = z.object({
  name: z.string(),
  /** The address of its Connect cluster. */
  connect: z.string(),
  /** Null where Connect does not tell. */
  kind: z.nullable(z.enum(["source", "sink"])),
  /** What it does with the topic: `dead-letters` are the records that a sink could not deliver. */
  use: z.enum(["reads", "writes", "dead-letters"]),
  /** Its config names the topic. */
  isNamed: z.boolean(),
  /** Its tasks were seen to use the topic; null where Connect does not track it. */
  isSeen: z.nullable(z.boolean()),
  /** Connect's word: RUNNING, PAUSED, STOPPED, FAILED, UNASSIGNED, RESTARTING. */
  state: z.string(),
  tasks: z.object({ total: z.number(), running: z.number(), failed: z.number() }),
  /** The first line of why it or a task of it failed. */
  failure: z.nullable(z.string()),
});
export type LinkedConnector = z.infer<typeof linkedConnector>;

/** GET /api/clusters/{cluster}/topics/{topic}/links: what stands beside the cluster and belongs to the topic, asked now. */
export const topicLinks = z.object({
  /** Null where nobody said where a Schema Registry is. */
  registry: z.nullable(
    z.object({
      url: z.string(),
      /** Null when they could not be read. */
      subjects: z.nullable(z.array(linkedSubject)),
      /** Subjects beyond those that are shown. */
      more: z.number(),
    }),
  ),
  /** Null where nobody said where a Connect cluster is. */
  connect: z.nullable(
    z.object({
      urls: z.array(z.string()),
      /** Of the Connect clusters that answered; null when none did. */
      connectors: z.nullable(z.array(linkedConnector)),
    }),
  ),
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type TopicLinks = z.infer<typeof topicLinks>;
