import type { FeatureRange } from "./image.ts";

/** metadata.version 4.2-IV1, the newest of Apache Kafka 4.2. */
export const METADATA_VERSION_LEVEL = 29;

/** Whether replicas out of sync may be eligible leaders (KIP-966). */
export const ELR_FEATURE = "eligible.leader.replicas.version";

/** Feature levels that a node of Apache Kafka 4.2 supports, in the order in which it registers them. */
export const supportedFeatures: readonly FeatureRange[] = [
  { name: "group.version", minSupportedVersion: 0, maxSupportedVersion: 1 },
  { name: "kraft.version", minSupportedVersion: 0, maxSupportedVersion: 1 },
  { name: "metadata.version", minSupportedVersion: 7, maxSupportedVersion: METADATA_VERSION_LEVEL },
  { name: "share.version", minSupportedVersion: 0, maxSupportedVersion: 1 },
  { name: "streams.version", minSupportedVersion: 0, maxSupportedVersion: 1 },
  { name: "transaction.version", minSupportedVersion: 0, maxSupportedVersion: 2 },
  { name: ELR_FEATURE, minSupportedVersion: 0, maxSupportedVersion: 1 },
];

/** What a freshly formatted Apache Kafka 4.2 finalises, in the order of its bootstrap records. */
export const bootstrapFeatures: readonly { readonly name: string; readonly level: number }[] = [
  { name: "metadata.version", level: METADATA_VERSION_LEVEL },
  { name: ELR_FEATURE, level: 1 },
  { name: "group.version", level: 1 },
  { name: "share.version", level: 1 },
  { name: "streams.version", level: 1 },
  { name: "transaction.version", level: 2 },
];
