/** Values of a replica's directory that stand for no directory (KIP-858). */
export const DirectoryId = {
  /** Before metadata knew directories. */
  migrating: "AAAAAAAAAAAAAAAAAAAAAA",
  /** The broker has yet to choose one. */
  unassigned: "AAAAAAAAAAAAAAAAAAAAAQ",
  /** The directory is gone and it is not known which it was. */
  lost: "AAAAAAAAAAAAAAAAAAAAAg",
} as const;

/** Topic id of `__cluster_metadata` (Uuid.METADATA_TOPIC_ID). */
export const METADATA_TOPIC_ID = "AAAAAAAAAAAAAAAAAAAAAQ";
/** Name of the metadata log. */
export const METADATA_TOPIC = "__cluster_metadata";
/** The nil uuid: no topic id given. */
export const ZERO_UUID = "AAAAAAAAAAAAAAAAAAAAAA";
