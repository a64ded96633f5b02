import { beforeAll, expect, test } from "vitest";
import { readJar } from "../testing/jar.ts";
import { describeJudged } from "../testing/judges.ts";
import { kafkaJar } from "../testing/maven.ts";
import { apis } from "./apis/table.ts";
import { defaultOf } from "./defaults.ts";
import { RecordType } from "./record-type.ts";
import type { FieldType, Fields } from "./schema.ts";
import { type AnyCodec, everyCodec } from "./testing/every-codec.ts";
import {
  type FieldFacts,
  kafkaFields,
  type KafkaMessage,
  parseKafkaMessage,
  validVersions,
} from "./testing/kafka-json.ts";
import { includesVersion, versionRange } from "./version-range.ts";

const ARTIFACTS = [
  "kafka-clients",
  "kafka-metadata",
  "kafka-group-coordinator",
  "kafka-transaction-coordinator",
  "kafka-share-coordinator",
  "kafka-raft",
];

describeJudged("the declarations beside the definitions in Kafka's jars", ["mvn"], () => {
  const messages = new Map<string, KafkaMessage>();

  beforeAll(async () => {
    for (const artifact of ARTIFACTS) {
      const jar = await kafkaJar("4.2", artifact);
      for (const text of readJar(jar, (name) => /^common\/(message|metadata)\/\w+\.json$/u.test(name)).values()) {
        const message = parseKafkaMessage(text);
        if (validVersions(message) !== undefined) messages.set(message.name, message);
      }
    }
  });

  test("have every message that Kafka still has, and no other", () => {
    expect(everyCodec.map((codec) => codec.name).toSorted()).toEqual([...messages.keys()].toSorted());
  });

  test("have the keys, versions, listeners and kinds of Kafka", () => {
    for (const api of apis.values()) {
      const message = messageOf(`${api.name}Request`);
      const declared = {
        key: api.key,
        valid: api.validVersions,
        advertised: api.advertisedVersions,
        listeners: api.listeners,
      };
      expect(declared, api.name).toEqual({
        key: message.apiKey,
        valid: versionRange(message.validVersions),
        advertised: advertisedVersions(message),
        listeners: message.listeners,
      });
      expect(messageOf(`${api.name}Response`).apiKey, api.name).toBe(api.key);
    }
    for (const codec of everyCodec) {
      if (!(codec instanceof RecordType)) continue;
      const message = messageOf(codec.name);
      expect({ kind: codec.kind, apiKey: codec.apiKey }, codec.name).toEqual({
        kind: message.type,
        apiKey: message.apiKey ?? -1,
      });
    }
  });

  test("have the fields of Kafka in each version: order, types, tags, nullability, defaults, entities, keys, what may be dropped", () => {
    for (const codec of everyCodec) {
      const message = messageOf(codec.name);
      expect(codec.versions, codec.name).toEqual(versionRange(message.validVersions));
      for (let version = codec.versions.min; version <= codec.versions.max; version++) {
        const title = `${codec.name} v${version}`;
        expect(codec.isFlexible(version), title).toBe(includesVersion(versionRange(message.flexibleVersions), version));
        expect(declaredFields(codec.fields, version), title).toEqual(kafkaFields(message, version));
      }
    }
  });

  function messageOf(name: AnyCodec["name"]): KafkaMessage {
    const message = messages.get(name);
    if (message === undefined) throw new Error(`Kafka has no ${name}`);
    return message;
  }
});

/** Kafka tells all versions but an unstable last one, and Produce from 0 for the sake of librdkafka (KAFKA-18659). */
function advertisedVersions(message: KafkaMessage): { min: number; max: number } {
  const { min, max } = versionRange(message.validVersions);
  return {
    min: message.name === "ProduceRequest" ? 0 : min,
    max: message.latestVersionUnstable === true ? max - 1 : max,
  };
}

function declaredFields(fields: Fields, version: number, isIn = true): FieldFacts[] {
  return Object.entries(fields).map(([name, { spec }]) => {
    const isPresent = isIn && includesVersion(spec.versions, version);
    return {
      name,
      type: typeName(spec.type),
      isNullable: isPresent && spec.nullable !== undefined && includesVersion(spec.nullable, version),
      tag: isPresent && spec.tag !== undefined && includesVersion(spec.tag.versions, version) ? spec.tag.number : null,
      isNeverCompact: spec.isNeverCompact,
      defaultValue: comparable(defaultOf(spec)),
      entityType: spec.entityType ?? null,
      isMapKey: spec.isMapKey,
      isIgnorable: spec.isIgnorable,
      isPresent,
      fields: nestedFields(spec.type, version, isPresent),
    };
  });
}

function nestedFields(type: FieldType, version: number, isIn: boolean): FieldFacts[] {
  if (type.kind === "array") return nestedFields(type.element, version, isIn);
  return type.kind === "struct" ? declaredFields(type.fields, version, isIn) : [];
}

function typeName(type: FieldType): string {
  return type.kind === "array" ? `[]${typeName(type.element)}` : type.kind;
}

/** Empty bytes as an empty list and bigints as numbers, nested ones too. */
function comparable(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Uint8Array) return [...value];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, comparable(one)]));
}
