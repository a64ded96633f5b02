/** Key and value of a coordinator's record as they stand in the log; a null value is a tombstone. */
export type EncodedRecord = { readonly key: Uint8Array; readonly value: Uint8Array | null };
