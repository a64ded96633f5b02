import {
  coordinatorKeyType,
  type CoordinatorRecordType,
  decodeCoordinatorKey,
  decodeCoordinatorValue,
} from "../wire/coordinator-record.ts";
import { decodeMetadataFrame } from "../wire/metadata-record.ts";
import { Reader } from "../wire/reader.ts";
import { ConsumerProtocolAssignment } from "../wire/records/consumer/consumer-protocol-assignment.ts";
import { ConsumerProtocolSubscription } from "../wire/records/consumer/consumer-protocol-subscription.ts";
import { groupRecordTypes } from "../wire/records/group/table.ts";
import { metadataRecordTypes } from "../wire/records/metadata/table.ts";
import { shareRecordTypes } from "../wire/records/share/table.ts";
import { transactionRecordTypes } from "../wire/records/transaction/table.ts";
import { WireError } from "../wire/wire-error.ts";

/** The internal topics whose records are declared by Kafka as key and value of a coordinator. */
export type CoordinatorTopic = "group" | "transaction" | "share";

/** A key or value that Kafka itself wrote. */
export type InternalRecord = {
  /** Kafka's name of the record: `OffsetCommit`, `TopicRecord`. */
  readonly type: string;
  readonly version: number;
  /** As declared: texts, numbers, booleans, bytes, null, lists and objects of these. */
  readonly fields: Readonly<Record<string, unknown>>;
};

const tables: Readonly<Record<CoordinatorTopic, ReadonlyMap<number, CoordinatorRecordType>>> = {
  group: groupRecordTypes,
  transaction: transactionRecordTypes,
  share: shareRecordTypes,
};

/** Reads the key of a record of a coordinator's topic; a text says why it cannot be read. */
export function readCoordinatorKey(topic: CoordinatorTopic, key: Uint8Array): InternalRecord | string {
  return attempt(() => {
    const type = typeOf(topic, key);
    if (typeof type === "string") return type;
    return { type: nameOf(type), version: 0, fields: fieldsOf(decodeCoordinatorKey(type.key, key)) };
  });
}

/** Reads the value of a record of a coordinator's topic by the type that its key names; a text says why it cannot be read. */
export function readCoordinatorValue(
  topic: CoordinatorTopic,
  key: Uint8Array,
  value: Uint8Array,
): InternalRecord | string {
  return attempt(() => {
    const type = typeOf(topic, key);
    if (typeof type === "string") return type;
    const decoded = decodeCoordinatorValue(type.value, value);
    return { type: nameOf(type), version: decoded.version, fields: withMembers(fieldsOf(decoded.value)) };
  });
}

/** Reads the value of a record of the metadata log; a text says why it cannot be read. */
export function readMetadataValue(value: Uint8Array): InternalRecord | string {
  return attempt(() => {
    const { type, version, value: fields } = decodeMetadataFrame(metadataRecordTypes, value);
    return { type: type.name, version, fields: fieldsOf(fields) };
  });
}

function attempt(read: () => InternalRecord | string): InternalRecord | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof WireError) return error.message;
    throw error;
  }
}

function typeOf(topic: CoordinatorTopic, key: Uint8Array): CoordinatorRecordType | string {
  const number = coordinatorKeyType(key);
  return tables[topic].get(number) ?? `Kafka 4.2 has no record type ${number} in this topic`;
}

function nameOf({ key }: CoordinatorRecordType): string {
  return key.name.replace(/Key$/, "");
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Members of a classic consumer group carry what clients told each other as bytes within the bytes. */
function withMembers(fields: Record<string, unknown>): Record<string, unknown> {
  const { protocolType, members } = fields;
  if (protocolType !== "consumer" || !Array.isArray(members)) return fields;
  const read = members.map((member: unknown) => {
    const own = fieldsOf(member);
    return {
      ...own,
      subscription: behindVersion(own.subscription, ConsumerProtocolSubscription),
      assignment: behindVersion(own.assignment, ConsumerProtocolAssignment),
    };
  });
  return { ...fields, members: read };
}

type Protocol = typeof ConsumerProtocolSubscription | typeof ConsumerProtocolAssignment;

/** Bytes that are not what consumers write stay bytes: other clients have protocols of their own. */
function behindVersion(bytes: unknown, protocol: Protocol): unknown {
  if (!(bytes instanceof Uint8Array) || bytes.length === 0) return bytes;
  try {
    const reader = new Reader(bytes);
    reader.context = { api: protocol.name, version: 0, fieldPaths: ["version"] };
    const version = Math.min(reader.int16(), protocol.versions.max);
    return protocol.read(reader, version);
  } catch (error) {
    if (error instanceof WireError) return bytes;
    throw error;
  }
}
