import { encodeMetadataRecord } from "../../wire/metadata-record.ts";
import type { RecordType } from "../../wire/record-type.ts";

/** A record that a decision wants in the metadata log, as it will stand there. Read it back with `decodeMetadataRecord`. */
export type NewMetadataRecord = Uint8Array;

/** Makes a record, in the newest version of its type unless an older one is asked for. */
export function newRecord<D, I>(type: RecordType<D, I>, value: I, version = type.versions.max): NewMetadataRecord {
  return encodeMetadataRecord(type, value, version);
}

/** What a request changes and how it is answered. The answer leaves when the records are durable. */
export type Decision<Response> = { readonly records: readonly NewMetadataRecord[]; readonly response: Response };

/** The most records of one request (QuorumController.MAX_RECORDS_PER_USER_OP): one batch takes them, so they hold all or not at all. */
export const REQUEST_RECORDS_MAX = 10_000;
