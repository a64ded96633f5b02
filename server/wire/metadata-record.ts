import { Reader } from "./reader.ts";
import type { AnyRecordType, RecordType } from "./record-type.ts";
import { WireError } from "./wire-error.ts";
import { Writer } from "./writer.ts";

/** First byte of every record of the metadata log: the version of this frame (Kafka's MetadataRecordSerde). */
const FRAME_VERSION = 1;

/**
 * A record of the metadata log as the value of a record in a batch: frame version, type, version, then the message; all
 * three as unsigned varints.
 */
export function encodeMetadataRecord<D, I>(type: RecordType<D, I>, value: I, version: number): Buffer {
  const writer = new Writer();
  writer.uvarint(FRAME_VERSION);
  writer.uvarint(type.apiKey);
  writer.uvarint(version);
  type.write(writer, value, version);
  return writer.toBuffer();
}

/** Reads a record of the metadata log. Throws WireError, also for a type that `types` does not have. */
export function decodeMetadataFrame(
  types: ReadonlyMap<number, AnyRecordType>,
  bytes: Uint8Array,
): { type: AnyRecordType; version: number; value: unknown } {
  const reader = new Reader(bytes);
  reader.context = { api: "metadata record", version: FRAME_VERSION, fieldPaths: ["frame"] };
  const frameVersion = reader.uvarint();
  if (frameVersion !== FRAME_VERSION) reader.fail(`frame version ${frameVersion}`);
  const apiKey = reader.uvarint();
  const version = reader.uvarint();
  const type = types.get(apiKey);
  if (type === undefined) {
    throw new WireError(`there is no record type ${apiKey}`, {
      api: "metadata record",
      version,
      fieldPath: "type",
      position: reader.position,
    });
  }
  const value = type.read(reader, version);
  reader.finish();
  return { type, version, value };
}
