import * as z from "zod/mini";
import { instantMs } from "@/lib/contracts/primitives";

/** What a field of a JSON value held. `integer` is a number without a fraction and without an exponent. */
export const jsonType = z.enum(["string", "integer", "number", "boolean", "object", "array", "null"]);
export type JsonType = z.infer<typeof jsonType>;

/** One field of the values of a topic, over a sample. */
export const fieldShape = z.object({
  /** Names from the outside in; `[]` is every member of an array. */
  path: z.array(z.string()),
  /** Values of the sample that have it. */
  presence: z.number(),
  /** Times it occurred, in arrays more than once a value, and how often as each type. */
  occurrences: z.number(),
  types: z.partialRecord(jsonType, z.number()),
  /** Smallest and largest number, as written. */
  least: z.nullable(z.string()),
  greatest: z.nullable(z.string()),
  /** Characters of the shortest and longest text. */
  shortest: z.nullable(z.number()),
  longest: z.nullable(z.number()),
  /** Values that occurred most, as written and cut to 60 characters. */
  top: z.array(z.object({ text: z.string(), count: z.number() })),
  /** Different values; at most 1,000 are told apart. */
  distinct: z.number(),
});
export type FieldShape = z.infer<typeof fieldShape>;

/** GET …/topics/{topic}/shape: the fields of the JSON values of a sample, in the order in which they first occurred. */
export const topicShape = z.object({
  sampled: z.number(),
  /** Of these JSON objects or arrays; the rest are null, text, bytes. */
  json: z.number(),
  fields: z.array(fieldShape),
  /** More fields than are told. */
  isCut: z.boolean(),
  firstMs: z.nullable(z.number()),
  lastMs: z.nullable(z.number()),
  readAtMs: instantMs,
});
export type TopicShape = z.infer<typeof topicShape>;

/** Records of a sample. */
export const sampleSizes = [100, 500, 1_000, 5_000] as const;
