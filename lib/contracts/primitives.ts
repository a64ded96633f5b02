import * as z from "zod";

/** A 64-bit offset as decimal text: JavaScript's numbers are exact only up to 2^53. */
export const offsetText = z.string().regex(/^-?\d{1,19}$/);

/** A cluster's name in addresses: `/{cluster}/topics`. */
export const clusterSlug = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/);

/** Kafka's rule for topic names (`org.apache.kafka.common.internals.Topic`). */
export const topicName = z
  .string()
  .min(1, "A topic needs a name.")
  .max(249, "A name has at most 249 characters.")
  .regex(/^[a-zA-Z0-9._-]+$/, "Letters, digits, dot, underscore and hyphen only.")
  .refine((name) => name !== "." && name !== "..", "“.” and “..” are not allowed.");

/** A partition's number. */
export const partitionNumber = z.int().min(0).max(2_147_483_647);

/** Milliseconds since 1970, UTC, as the console's server read its clock. */
export const instantMs = z.number();
