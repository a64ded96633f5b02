import type { MetadataImage } from "../controller/image.ts";
import type { FeatureLevels } from "../network/api-versions.ts";

/** Feature levels that a broker of this version can work at (KIP-584), as Apache Kafka 4.2 has them. `metadata.version` 29 is 4.2-IV1. */
const SUPPORTED: FeatureLevels["supported"] = [];

/** What ApiVersions tells of features: what we support, and what the metadata log has finalised. */
export function featureLevels(image: MetadataImage): FeatureLevels {
  return {
    supported: SUPPORTED,
    finalized: [...image.features].map(([name, level]) => ({ name, maxVersionLevel: level, minVersionLevel: level })),
    finalizedEpoch: image.provenance.offset,
  };
}
