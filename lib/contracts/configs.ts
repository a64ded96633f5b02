import * as z from "zod/mini";
import { instantMs } from "@/lib/contracts/primitives";

/** DescribeConfigs' sources (KIP-226, KIP-714, KIP-848) in words, each at the place that is its number. */
export const configSource = z.enum([
  "unknown",
  "topic",
  "dynamic-broker",
  "dynamic-default-broker",
  "static-broker",
  "default",
  "dynamic-broker-logger",
  "client-metrics",
  "group",
]);
export type ConfigSource = z.infer<typeof configSource>;

/** DescribeConfigs' types (KIP-569) in words, each at the place that is its number. */
export const configType = z.enum([
  "unknown",
  "boolean",
  "string",
  "int",
  "short",
  "long",
  "double",
  "list",
  "class",
  "password",
]);

/** One setting of a topic. */
export const configEntry = z.object({
  name: z.string(),
  /** Null when sensitive or unset. */
  value: z.nullable(z.string()),
  /** What would hold without a value of its own: the first synonym that is not the topic's. */
  defaultValue: z.nullable(z.string()),
  source: configSource,
  type: configType,
  isSensitive: z.boolean(),
  isReadOnly: z.boolean(),
  /** The cluster's own words, from DescribeConfigs v3. */
  documentation: z.nullable(z.string()),
  /** Where the value would come from, most specific first. */
  synonyms: z.array(z.object({ name: z.string(), value: z.nullable(z.string()), source: configSource })),
});
export type ConfigEntry = z.infer<typeof configEntry>;

/** GET /api/clusters/{cluster}/topics/{topic}/configs */
export const topicConfigs = z.object({ entries: z.array(configEntry), readAtMs: instantMs });
export type TopicConfigs = z.infer<typeof topicConfigs>;
