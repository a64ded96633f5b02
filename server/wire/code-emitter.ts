import type { MessageContext } from "./reader.ts";
import { defaultOf } from "./defaults.ts";
import { type FieldSpec, type FieldType, type Fields } from "./schema.ts";
import { includesVersion } from "./version-range.ts";

/** The message and the version that code is emitted for. */
export type MessageVersion = { readonly name: string; readonly version: number; readonly isFlexible: boolean };

/** Collects the JavaScript of one codec: functions, one a structure, and the path of each field for its errors. */
export class CodeEmitter {
  readonly message: MessageVersion;
  private readonly fieldPaths: string[] = [""];
  private readonly functions: string[] = [];
  private readonly defaultTests = new Map<Fields, string>();
  private nameCount = 0;

  constructor(message: MessageVersion) {
    this.message = message;
  }

  /** A name that nothing else in this codec has. */
  uniqueName(prefix: string): string {
    this.nameCount++;
    return `${prefix}${this.nameCount}`;
  }

  /** Number of a field's path in the context that errors read. */
  pathIndex(path: string): number {
    return this.fieldPaths.push(path) - 1;
  }

  /** Adds a function of the codec. */
  addFunction(name: string, parameters: string, lines: readonly string[]): void {
    this.functions.push(`function ${name}(${parameters}) {\n${lines.join("\n")}\n}`);
  }

  /** The whole program, which returns what `result` names when it runs. */
  program(result: string): string {
    return `"use strict";\n${this.functions.join("\n")}\nreturn ${result};`;
  }

  context(): MessageContext {
    return { api: this.message.name, version: this.message.version, fieldPaths: this.fieldPaths };
  }

  has(spec: FieldSpec): boolean {
    return includesVersion(spec.versions, this.message.version);
  }

  isNullable(spec: FieldSpec): boolean {
    return spec.nullable !== undefined && includesVersion(spec.nullable, this.message.version);
  }

  /** The number of a field that is tagged in this version, else undefined. */
  tagOf(spec: FieldSpec): number | undefined {
    const tag = spec.tag;
    return tag !== undefined && includesVersion(tag.versions, this.message.version) ? tag.number : undefined;
  }

  /** The tagged fields of a structure in this version, by ascending number, as they go over the wire. */
  tagged(fields: Fields): { name: string; spec: FieldSpec; tag: number }[] {
    const tagged: { name: string; spec: FieldSpec; tag: number }[] = [];
    for (const [name, { spec }] of Object.entries(fields)) {
      const tag = this.has(spec) ? this.tagOf(spec) : undefined;
      if (tag !== undefined) tagged.push({ name, spec, tag });
    }
    return tagged.toSorted((a, b) => a.tag - b.tag);
  }

  /** Whether `expression` (not undefined) is the field's default, as an expression. */
  isDefault(spec: FieldSpec, expression: string): string {
    const fallback = defaultOf(spec);
    if (fallback === null) return `${expression} === null`;
    switch (spec.type.kind) {
      case "array":
      case "bytes":
      case "records":
        return `(${expression} !== null && ${expression}.length === 0)`;
      case "struct":
        return `(${expression} !== null && ${this.structIsDefault(spec.type.fields)}(${expression}))`;
      default:
        return `${expression} === ${literal(fallback)}`;
    }
  }

  /** Name of a function that tells whether a structure has every field left out or at its default. */
  private structIsDefault(fields: Fields): string {
    const known = this.defaultTests.get(fields);
    if (known !== undefined) return known;
    const name = this.uniqueName("isDefault");
    this.defaultTests.set(fields, name);
    const tests = Object.entries(fields).map(([fieldName, { spec }]) => {
      const value = `v.${fieldName}`;
      return `(${value} === undefined || ${this.isDefault(spec, value)})`;
    });
    this.addFunction(name, "v", [`return ${tests.length === 0 ? "true" : tests.join(" && ")};`]);
    return name;
  }
}

/** A value of a declaration as JavaScript source. */
export function literal(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Uint8Array) return "NO_BYTES";
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{ ${Object.entries(value)
      .map(([name, field]) => `${name}: ${literal(field)}`)
      .join(", ")} }`;
  }
  return JSON.stringify(value);
}

/**
 * Name of the method of Reader for a primitive; the length of a text or of bytes has its own form when flexible or
 * nullable.
 */
export function primitiveMethod(
  spec: FieldSpec,
  isFlexible: boolean,
  isNullable: boolean,
  names: { bytes: string; records: string },
): string {
  const kind = spec.type.kind;
  const noun =
    kind === "string" ? "string" : kind === "bytes" ? names.bytes : kind === "records" ? names.records : undefined;
  if (noun === undefined) return kind === "int64" && spec.isBigint ? "bigint64" : kind;
  const method = isNullable ? `Nullable${capitalised(noun)}` : capitalised(noun);
  return uncapitalised(isFlexible && !spec.isNeverCompact ? `Compact${method}` : method);
}

/** The element of an array as a field of its own, which is in every version and never null. */
export function elementSpec(spec: FieldSpec, element: FieldType): FieldSpec {
  return { ...spec, type: element, nullable: undefined, tag: undefined, explicitDefault: undefined };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function uncapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
