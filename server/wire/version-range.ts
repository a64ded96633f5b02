/** Versions from `min` to `max`, both included. `min > max` is the empty range. */
export type VersionRange = { readonly min: number; readonly max: number };

/** Kafka counts versions in an int16, so this stands for "and all later ones". */
const LAST_VERSION = 32767;

/** Every version there can be. */
export const ALL_VERSIONS: VersionRange = { min: 0, max: LAST_VERSION };
/** No version at all. */
export const NO_VERSIONS: VersionRange = { min: 0, max: -1 };

/**
 * Reads Kafka's notation: `"3"`, `"3-7"`, `"3+"`, `"none"`. Throws RangeError on anything else: declarations are source
 * code.
 */
export function versionRange(text: string): VersionRange {
  if (text === "none") return NO_VERSIONS;
  const match = /^(\d+)(?:(\+)|-(\d+))?$/.exec(text);
  if (match === null) throw new RangeError(`"${text}" is not a range of versions`);
  const min = Number(match[1]);
  if (match[2] !== undefined) return { min, max: LAST_VERSION };
  return { min, max: match[3] === undefined ? min : Number(match[3]) };
}

/** Whether the range has this version. */
export function includesVersion(range: VersionRange, version: number): boolean {
  return version >= range.min && version <= range.max;
}
