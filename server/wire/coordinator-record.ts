import { Reader } from "./reader.ts";
import type { AnyRecordType, RecordType } from "./record-type.ts";
import { Writer } from "./writer.ts";

/** Keys exist in one version only; the int16 before them is the number of their type. */
const KEY_VERSION = 0;

/**
 * The key of a coordinator's record as it stands in its topic: int16 type number, then the key (Kafka's
 * CoordinatorRecordSerde).
 */
export function encodeCoordinatorKey<D, I>(type: RecordType<D, I>, key: I): Buffer {
  return encodePrefixed(type, key, { prefix: type.apiKey, version: KEY_VERSION });
}

/** The value of a coordinator's record as it stands in its topic: int16 version, then the value. */
export function encodeCoordinatorValue<D, I>(type: RecordType<D, I>, value: I, version: number): Buffer {
  return encodePrefixed(type, value, { prefix: version, version });
}

/**
 * The number of the type of a record's key, by which its declaration is looked up. Throws WireError when there are not
 * two bytes.
 */
export function coordinatorKeyType(key: Uint8Array): number {
  const reader = new Reader(key);
  reader.context = { api: "coordinator key", version: KEY_VERSION, fieldPaths: [""] };
  return reader.int16();
}

/** Reads a key whose type has been looked up. Throws WireError. */
export function decodeCoordinatorKey<D, I>(type: RecordType<D, I>, key: Uint8Array): D {
  return type.decode(key.subarray(2), KEY_VERSION);
}

/** Reads a value. Throws WireError, also for a version that is not known. */
export function decodeCoordinatorValue<D, I>(type: RecordType<D, I>, value: Uint8Array): { version: number; value: D } {
  const reader = new Reader(value);
  reader.context = { api: type.name, version: type.versions.max, fieldPaths: ["version"] };
  const version = reader.int16();
  const decoded = type.read(reader, version);
  reader.finish();
  return { version, value: decoded };
}

/** The declarations of the key and the value of one kind of record. */
export type CoordinatorRecordType<K extends AnyRecordType = AnyRecordType, V extends AnyRecordType = AnyRecordType> = {
  readonly key: K;
  readonly value: V;
};

function encodePrefixed<D, I>(type: RecordType<D, I>, value: I, as: { prefix: number; version: number }): Buffer {
  const writer = new Writer();
  writer.int16(as.prefix);
  type.write(writer, value, as.version);
  return writer.toBuffer();
}
