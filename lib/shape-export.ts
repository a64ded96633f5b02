import type { FieldShape, JsonType, TopicShape } from "@/lib/contracts/shape";

/** A field with the fields inside it. */
type Node = {
  readonly name: string;
  readonly field: FieldShape | undefined;
  readonly isOptional: boolean;
  readonly children: Map<string, Node>;
};

const maxSafe = 9_007_199_254_740_991n;

function treeOf(shape: TopicShape): Node {
  const root: Node = { name: "", field: undefined, isOptional: false, children: new Map() };
  for (const field of shape.fields) {
    let at = root;
    let objects = shape.json;
    for (const [index, name] of field.path.entries()) {
      const isLast = index === field.path.length - 1;
      const known = at.children.get(name);
      objects = at.field ? (at.field.types.object ?? 0) : shape.json;
      const seen = at.field ? field.occurrences : field.presence;
      const node: Node = known ?? {
        name,
        field: isLast ? field : undefined,
        isOptional: name !== "[]" && seen < objects,
        children: new Map(),
      };
      at.children.set(name, node);
      at = node;
    }
  }
  return root;
}

/** Types of a field but null. An integer that is sometimes a fraction is a number. */
function plainTypes({ field }: Node): JsonType[] {
  const types = Object.keys(field?.types ?? { object: 1 }).filter((type): type is JsonType => type !== "null");
  return types.includes("number") ? types.filter((type) => type !== "integer") : types;
}

function isNullable({ field }: Node): boolean {
  return (field?.types.null ?? 0) > 0;
}

/** The shape as a JSON Schema (draft 2020-12) that every value of the sample fulfils. */
export function toJsonSchema(shape: TopicShape, title: string): string {
  const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", title, ...jsonSchemaOf(treeOf(shape)) };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function jsonSchemaOf(node: Node): Record<string, unknown> {
  const types = [...plainTypes(node), ...(isNullable(node) ? ["null"] : [])];
  const members = [...node.children.values()].filter(({ name }) => name !== "[]");
  const item = node.children.get("[]");
  const required = members.filter(({ isOptional }) => !isOptional).map(({ name }) => name);
  return {
    type: types.length === 1 ? types[0] : types,
    ...(members.length === 0
      ? {}
      : { properties: Object.fromEntries(members.map((one) => [one.name, jsonSchemaOf(one)])), required }),
    ...(item ? { items: jsonSchemaOf(item) } : {}),
  };
}

/** The shape as an Avro schema. Names that Avro does not allow are written with underscores, the original in `doc`. */
export function toAvro(shape: TopicShape, name: string): string {
  return `${JSON.stringify(avroRecord(treeOf(shape), avroName(name)), null, 2)}\n`;
}

function avroRecord(node: Node, name: string): Record<string, unknown> {
  const members = [...node.children.values()].filter((one) => one.name !== "[]");
  return {
    type: "record",
    name,
    fields: members.map((one) => {
      const own = avroName(one.name);
      const type = avroType(one, `${name}_${own}`);
      return {
        name: own,
        ...(own === one.name ? {} : { doc: one.name }),
        type,
        ...(one.isOptional || isNullable(one) ? { default: null } : {}),
      };
    }),
  };
}

function avroType(node: Node, name: string): unknown {
  const branches = plainTypes(node).map((type) => avroBranch(node, type, name));
  const all = node.isOptional || isNullable(node) || branches.length === 0 ? ["null", ...branches] : branches;
  return all.length === 1 ? all[0] : all;
}

function avroBranch(node: Node, type: JsonType, name: string): unknown {
  switch (type) {
    case "integer":
      return isLong(node) ? "long" : "string";
    case "number":
      return "double";
    case "object":
      return avroRecord(node, name);
    case "array": {
      const item = node.children.get("[]");
      return { type: "array", items: item ? avroType(item, `${name}_item`) : "null" };
    }
    case "string":
    case "boolean":
    case "null":
      return type;
  }
}

function isLong({ field }: Node): boolean {
  const bound = 2n ** 63n;
  return BigInt(field?.least ?? "0") >= -bound && BigInt(field?.greatest ?? "0") < bound;
}

function avroName(text: string): string {
  const name = text.replaceAll(/\W/g, "_");
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
}

/** The shape as a TypeScript type. Integers beyond 2^53 are marked: a number would lose their last digits. */
export function toTypeScript(shape: TopicShape, name: string): string {
  const typeName = avroName(name).replaceAll(/(?:^|_+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return `export type ${typeName} = ${typeScriptOf(treeOf(shape), "")};\n`;
}

function typeScriptOf(node: Node, indent: string): string {
  const branches = plainTypes(node).map((type) => typeScriptBranch(node, type, indent));
  if (isNullable(node) || branches.length === 0) branches.push("null");
  return [...new Set(branches)].join(" | ");
}

function typeScriptBranch(node: Node, type: JsonType, indent: string): string {
  switch (type) {
    case "integer":
    case "number":
      return isExact(node) ? "number" : "number /* beyond 2^53: read it as bigint or text */";
    case "array": {
      const item = node.children.get("[]");
      return item ? `Array<${typeScriptOf(item, indent)}>` : "never[]";
    }
    case "object": {
      const members = [...node.children.values()].filter((one) => one.name !== "[]");
      const inner = `${indent}  `;
      const lines = members.map((one) => {
        const name = /^[A-Za-z_$][\w$]*$/.test(one.name) ? one.name : JSON.stringify(one.name);
        return `${inner}${name}${one.isOptional ? "?" : ""}: ${typeScriptOf(one, inner)};\n`;
      });
      return members.length === 0 ? "Record<string, never>" : `{\n${lines.join("")}${indent}}`;
    }
    case "string":
    case "boolean":
    case "null":
      return type;
  }
}

function isExact({ field }: Node): boolean {
  if (field?.types.number) return true;
  return BigInt(field?.least ?? "0") >= -maxSafe && BigInt(field?.greatest ?? "0") <= maxSafe;
}
