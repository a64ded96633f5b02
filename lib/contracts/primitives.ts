import * as z from "zod/mini";

/** A 64-bit offset as decimal text: JavaScript's numbers are exact only up to 2^53. */
export const offsetText = z.string().check(z.regex(/^-?\d{1,19}$/));

/** A cluster's name in addresses: `/{cluster}/topics`. */
export const clusterSlug = z.string().check(z.regex(/^[a-z0-9][a-z0-9._-]{0,62}$/));

/** Kafka's rule for topic names (`org.apache.kafka.common.internals.Topic`). */
export const topicName = z.string().check(
  z.minLength(1, "A topic needs a name."),
  z.maxLength(249, "A name has at most 249 characters."),
  z.regex(/^[a-zA-Z0-9._-]+$/, "Letters, digits, dot, underscore and hyphen only."),
  z.refine((name) => name !== "." && name !== "..", "“.” and “..” are not allowed."),
);

/** A partition's number. */
export const partitionNumber = z.int().check(z.minimum(0), z.maximum(2_147_483_647));

/** Milliseconds since 1970, UTC, as the console's server read its clock. */
export const instantMs = z.number();

/** Offsets by partition in an address, `0:120,orders/1:7`; read by `lib/positions.ts`. A topic with a thousand partitions fits. */
export const positionsText = z
  .string()
  .check(
    z.maxLength(40_000),
    z.regex(/^([a-zA-Z0-9._-]{1,249}\/)?\d{1,10}:\d{1,19}(,([a-zA-Z0-9._-]{1,249}\/)?\d{1,10}:\d{1,19})*$/),
  );
