import { supportedFeatures } from "../controller/features.ts";
import type { MetadataImage } from "../controller/image.ts";
import type { FeatureLevels } from "../network/api-versions.ts";

const SUPPORTED: FeatureLevels["supported"] = supportedFeatures.map(
  ({ name, minSupportedVersion, maxSupportedVersion }) => ({
    name,
    minVersion: minSupportedVersion,
    maxVersion: maxSupportedVersion,
  }),
);

/** What ApiVersions tells of features: what this version supports, and what the metadata log has finalised (KIP-584). */
export function featureLevels(image: MetadataImage): FeatureLevels {
  return {
    supported: SUPPORTED,
    finalized: [...image.features].map(([name, level]) => ({ name, maxVersionLevel: level, minVersionLevel: level })),
    finalizedEpoch: image.provenance.offset,
  };
}
