/** What ApiVersions tells of features. */
type Features = {
  readonly supportedFeatures: readonly { readonly name: string; readonly maxVersion: number }[];
  readonly finalizedFeatures: readonly { readonly name: string; readonly maxVersionLevel: number }[];
};

/** The first level of metadata.version that each release brought (MetadataVersion of Kafka 4.2). */
const RELEASES = [
  [1, "3.0"],
  [2, "3.1"],
  [3, "3.2"],
  [4, "3.3"],
  [8, "3.4"],
  [9, "3.5"],
  [12, "3.6"],
  [15, "3.7"],
  [20, "3.8"],
  [21, "3.9"],
  [22, "4.0"],
  [26, "4.1"],
  [28, "4.2"],
] as const;

/** The last level known here. */
const LAST_LEVEL = 29;

/** The broker's release by the newest metadata.version that it supports; null for one without (ZooKeeper's time, other makers). */
export function kafkaVersionOf({ supportedFeatures, finalizedFeatures }: Features): string | null {
  const supported = supportedFeatures.find(({ name }) => name === "metadata.version")?.maxVersion;
  const finalized = finalizedFeatures.find(({ name }) => name === "metadata.version")?.maxVersionLevel;
  const level = supported ?? finalized;
  if (level === undefined) return null;
  const release = RELEASES.findLast(([first]) => level >= first)?.[1];
  if (release === undefined) return null;
  return level > LAST_LEVEL ? `Kafka newer than ${release}` : `Kafka ${release}`;
}
