import { CodeEmitter, elementSpec, literal, type MessageVersion, primitiveMethod } from "./code-emitter.ts";
import { defaultOf, NO_BYTES } from "./defaults.ts";
import type { MessageContext } from "./reader.ts";
import type { FieldSpec, Fields } from "./schema.ts";
import type { Writer } from "./writer.ts";

/** Writes one message behind what the writer already has. */
export type Encoder<I> = (writer: Writer, value: I) => void;

const METHOD_NAMES = { bytes: "byteString", records: "records" };

/** Compiles the encoder of one message and version: a function for each structure that writes its fields one after the other. */
export function compileEncoder<I>(message: MessageVersion, fields: Fields): Encoder<I> {
  const emitter = new CodeEmitter(message);
  const root = structWriter(emitter, fields, "");
  emitter.addFunction("encode", "w, v", ["w.context = CONTEXT;", "w.at = 0;", `${root}(w, v);`]);
  // Narrowing: the program that was just built is a function of CONTEXT and NO_BYTES which returns `encode`.
  const build = new Function("CONTEXT", "NO_BYTES", emitter.program("encode")) as (
    context: MessageContext,
    none: Uint8Array,
  ) => Encoder<I>;
  return build(emitter.context(), NO_BYTES);
}

/** Adds the function that writes a structure; returns its name. */
function structWriter(emitter: CodeEmitter, fields: Fields, path: string): string {
  const lines = ["w.checkObject(v);"];
  for (const [name, { spec }] of Object.entries(fields)) {
    if (!emitter.has(spec)) {
      if (!spec.isIgnorable) lines.push(...refuseField(emitter, spec, path, name));
    } else if (emitter.tagOf(spec) === undefined) {
      lines.push(...writeField(emitter, spec, path, name));
    }
  }
  if (emitter.message.isFlexible) lines.push(...writeTags(emitter, fields, path));
  const functionName = emitter.uniqueName("write");
  emitter.addFunction(functionName, "w, v", lines);
  return functionName;
}

/** A field that this version does not have, and whose value must not be lost in silence. */
function refuseField(emitter: CodeEmitter, spec: FieldSpec, path: string, name: string): string[] {
  const test = `v.${name} !== undefined && !(${emitter.isDefault(spec, `v.${name}`)})`;
  return [`if (${test}) { w.at = ${emitter.pathIndex(path + name)}; w.failUnsupported(); }`];
}

function writeField(emitter: CodeEmitter, spec: FieldSpec, path: string, name: string): string[] {
  const local = emitter.uniqueName("f");
  const lines = [`let ${local} = v.${name};`, `if (${local} === undefined) ${local} = ${literal(defaultOf(spec))};`];
  return [...lines, ...writeValue(emitter, spec, path + name, local)];
}

/** Tagged fields are written only when they differ from their default (KIP-482), so their count is known first. */
function writeTags(emitter: CodeEmitter, fields: Fields, path: string): string[] {
  const tagged = emitter.tagged(fields);
  if (tagged.length === 0) return ["w.uvarint(0);"];
  const present = tagged.map(({ name, spec, tag }) => ({ name, spec, tag, test: emitter.uniqueName("t") }));
  const lines = present.map(({ name, spec, test }) => {
    const value = `v.${name}`;
    return `const ${test} = ${value} !== undefined && !(${emitter.isDefault(spec, value)}) ? 1 : 0;`;
  });
  lines.push(`w.uvarint(${present.map(({ test }) => test).join(" + ")});`);
  for (const { name, spec, tag, test } of present) {
    lines.push(`if (${test} === 1) {`, `const mark = w.beginTag(${tag});`);
    lines.push(...writeValue(emitter, spec, path + name, `v.${name}`), "w.endTag(mark);", "}");
  }
  return lines;
}

/** Statements that write the value of `expression`, which is not undefined. */
function writeValue(emitter: CodeEmitter, spec: FieldSpec, path: string, expression: string): string[] {
  const lines = [`w.at = ${emitter.pathIndex(path)};`];
  const isNullable = emitter.isNullable(spec);
  const type = spec.type;
  if (type.kind === "array") {
    lines.push(...writeArray(emitter, elementSpec(spec, type.element), path, { expression, isNullable }));
  } else if (type.kind === "struct") {
    const write = `${structWriter(emitter, type.fields, `${path}.`)}(w, ${expression});`;
    // The sign that tells whether a structure is there: see the decoder.
    const [absent, present] =
      emitter.tagOf(spec) === undefined ? ["w.int8(-1)", "w.int8(1)"] : ["w.uvarint(0)", "w.uvarint(1)"];
    lines.push(isNullable ? `if (${expression} === null) ${absent}; else { ${present}; ${write} }` : write);
  } else {
    lines.push(`${writePrimitive(emitter, spec, isNullable)}(${expression});`);
  }
  return lines;
}

function writePrimitive(emitter: CodeEmitter, spec: FieldSpec, isNullable: boolean): string {
  return `w.${primitiveMethod(spec, emitter.message.isFlexible, isNullable, METHOD_NAMES)}`;
}

function writeArray(
  emitter: CodeEmitter,
  element: FieldSpec,
  path: string,
  from: { expression: string; isNullable: boolean },
): string[] {
  const { expression, isNullable } = from;
  const isFlexible = emitter.message.isFlexible;
  const item = emitter.uniqueName("e");
  const index = emitter.uniqueName("i");
  const lines: string[] = [];
  if (isNullable) lines.push(`if (${expression} === null) ${isFlexible ? "w.uvarint(0)" : "w.int32(-1)"}; else {`);
  lines.push(`const ${item} = w.${isFlexible ? "compactArray" : "array"}(${expression});`);
  const type = element.type;
  const call =
    type.kind === "struct"
      ? `${structWriter(emitter, type.fields, `${path}[].`)}(w, `
      : `${writePrimitive(emitter, element, false)}(`;
  lines.push(`for (let ${index} = 0; ${index} < ${item}.length; ${index}++) ${call}${item}[${index}]);`);
  if (isNullable) lines.push("}");
  return lines;
}
