import { readMetadataValue } from "../../client/internal-records.ts";
import { describe, listFields } from "./coordinator-topic.ts";
import type { Decoder } from "./decoder.ts";

/** `__cluster_metadata`, KRaft's log: its records have no key. */
export const clusterMetadata: Decoder = {
  name: "cluster-metadata",
  decode: ({ bytes, part }) => {
    if (part !== "value") return { reason: "records of the metadata log have values only" };
    const record = readMetadataValue(bytes);
    return typeof record === "string" ? { reason: record } : describe(record, listFields(record));
  },
  unlikely: ({ topic, part }) => (topic === "__cluster_metadata" && part === "value" ? undefined : ""),
};
