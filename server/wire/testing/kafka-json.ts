import { ZERO_UUID } from "../uuid.ts";
import { includesVersion, type VersionRange, versionRange } from "../version-range.ts";

/** A message definition as Kafka's jars carry it. */
export type KafkaMessage = {
  readonly type: string;
  readonly name: string;
  readonly apiKey?: number;
  readonly listeners?: readonly string[];
  readonly validVersions: string;
  readonly flexibleVersions: string;
  readonly latestVersionUnstable?: boolean;
  readonly fields: readonly KafkaField[];
  readonly commonStructs?: readonly { readonly name: string; readonly fields: readonly KafkaField[] }[];
};

type KafkaField = {
  readonly name: string;
  readonly type: string;
  readonly versions?: string;
  readonly nullableVersions?: string;
  readonly taggedVersions?: string;
  readonly flexibleVersions?: string;
  readonly tag?: number;
  readonly default?: string | number | boolean | null;
  readonly entityType?: string;
  readonly mapKey?: boolean;
  /** Jackson also takes the text, and one definition has it. */
  readonly ignorable?: boolean | "true" | "false";
  readonly fields?: readonly KafkaField[];
};

/** One field of one version, written so that Kafka's definition and our declaration can be compared as text. */
export type FieldFacts = {
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
  readonly tag: number | null;
  readonly isNeverCompact: boolean;
  readonly defaultValue: unknown;
  readonly entityType: string | null;
  readonly isMapKey: boolean;
  readonly isIgnorable: boolean;
  /**
   * Whether the field and the structures around it are in this version; absent ones are compared too, since decoders
   * give their default.
   */
  readonly isPresent: boolean;
  readonly fields: readonly FieldFacts[];
};

/** Reads a definition: JSON with comment lines. */
export function parseKafkaMessage(text: string): KafkaMessage {
  // Narrowing: Kafka's own generator has accepted these files; the comparison fails loudly on anything unexpected.
  return JSON.parse(text.replaceAll(/^\s*\/\/.*$/gmu, "")) as KafkaMessage;
}

/** The versions of a definition; undefined when Kafka no longer has the message. */
export function validVersions(message: KafkaMessage): VersionRange | undefined {
  return message.validVersions === "none" ? undefined : versionRange(message.validVersions);
}

/**
 * The fields of a version as Kafka defines them, nested ones included. Fields of removed versions only are left out.
 */
export function kafkaFields(message: KafkaMessage, version: number): FieldFacts[] {
  const common = new Map(message.commonStructs?.map((struct) => [struct.name, struct.fields]));
  const valid = versionRange(message.validVersions);
  const facts = (fields: readonly KafkaField[], isIn: boolean): FieldFacts[] =>
    fields.filter((field) => overlaps(versionsOf(field), valid)).map((field) => factsOf(field, isIn));
  const factsOf = (field: KafkaField, isIn: boolean): FieldFacts => {
    const element = field.type.replace(/^\[\]/u, "");
    const nested = field.fields ?? common.get(element);
    const isPresent = isIn && includesVersion(versionsOf(field), version);
    const fields = nested === undefined ? [] : facts(nested, isPresent);
    return {
      name: field.name.charAt(0).toLowerCase() + field.name.slice(1),
      type: nested === undefined ? field.type : field.type.startsWith("[]") ? "[]struct" : "struct",
      isNullable: isPresent && includesVersion(versionRange(field.nullableVersions ?? "none"), version),
      tag:
        isPresent && includesVersion(versionRange(field.taggedVersions ?? "none"), version)
          ? (field.tag ?? null)
          : null,
      isNeverCompact: field.flexibleVersions === "none",
      defaultValue: kafkaDefault(field, fields),
      entityType: field.entityType ?? null,
      isMapKey: field.mapKey ?? false,
      isIgnorable: String(field.ignorable ?? false) === "true",
      isPresent,
      fields,
    };
  };
  return facts(message.fields, true);
}

function versionsOf(field: KafkaField): VersionRange {
  return versionRange(field.versions ?? field.taggedVersions ?? "none");
}

function overlaps(a: VersionRange, b: VersionRange): boolean {
  return Math.max(a.min, b.min) <= Math.min(a.max, b.max);
}

/** The default as Kafka's generator understands it; a JSON null means that none is given. */
function kafkaDefault(field: KafkaField, fields: readonly FieldFacts[]): unknown {
  const given = field.default === undefined || field.default === null ? "" : String(field.default);
  if (given === "null" || field.type === "records") return null;
  if (field.type.startsWith("[]") || field.type === "bytes") return [];
  switch (field.type) {
    case "bool":
      return given.toLowerCase() === "true";
    case "string":
      return given;
    case "uuid":
      return ZERO_UUID;
    default:
      return fields.length > 0
        ? Object.fromEntries(fields.map((one) => [one.name, one.defaultValue]))
        : kafkaNumber(given);
  }
}

/** Numbers beyond what a double holds exactly saturate, as decoded int64s do. */
function kafkaNumber(text: string): number {
  const value = text === "" ? 0 : Number(text);
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value));
}
