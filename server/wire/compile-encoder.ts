import { CodeEmitter, elementSpec, literal, type MessageVersion, primitiveMethod } from "./code-emitter.ts";
import { defaultOf, NO_BYTES } from "./defaults.ts";
import { fixedBytes, writeFixed } from "./fixed-run.ts";
import { putInt64 } from "./int64.ts";
import type { MessageContext } from "./reader.ts";
import type { FieldSpec, Fields } from "./schema.ts";
import type { Writer } from "./writer.ts";

/** Writes one message behind what the writer already has. */
export type Encoder<I> = (writer: Writer, value: I) => void;

const METHOD_NAMES = { bytes: "byteString", records: "records" };

/**
 * Compiles the encoder of one message and version: a function for each structure that writes its fields one after the
 * other.
 */
export function compileEncoder<I>(message: MessageVersion, fields: Fields): Encoder<I> {
  const emitter = new CodeEmitter(message);
  const root = structWriter(emitter, fields, "");
  emitter.addFunction("encode", "w, v", ["w.context = CONTEXT;", "w.at = 0;", `${root}(w, v);`]);
  // Narrowing: the program that was just built is a function of these three which returns `encode`.
  const build = new Function("CONTEXT", "NO_BYTES", "PUT_INT64", emitter.program("encode")) as Build<I>;
  return build(emitter.context(), NO_BYTES, putInt64);
}

type Build<I> = (context: MessageContext, noBytes: Uint8Array, put: typeof putInt64) => Encoder<I>;

/** Adds the function that writes a structure; returns its name. */
function structWriter(emitter: CodeEmitter, fields: Fields, path: string): string {
  const lines = ["w.checkObject(v);"];
  let run: FixedField[] = [];
  for (const [name, { spec }] of Object.entries(fields)) {
    if (!emitter.has(spec)) {
      if (!spec.isIgnorable) lines.push(...refuseField(emitter, spec, path, name));
      continue;
    }
    if (emitter.tagOf(spec) !== undefined) continue;
    const byteCount = fixedBytes(spec);
    if (byteCount !== undefined) {
      run.push({ spec, path, name, byteCount });
      continue;
    }
    lines.push(...writeRun(emitter, run), ...writeField(emitter, spec, path, name));
    run = [];
  }
  lines.push(...writeRun(emitter, run));
  if (emitter.message.isFlexible) lines.push(...writeTags(emitter, fields, path));
  const functionName = emitter.uniqueName("write");
  emitter.addFunction(functionName, "w, v", lines);
  return functionName;
}

type FixedField = {
  readonly spec: FieldSpec;
  readonly path: string;
  readonly name: string;
  readonly byteCount: number;
};

/** Writes neighbouring fields of fixed size after making room for all of them at once. */
function writeRun(emitter: CodeEmitter, run: readonly FixedField[]): string[] {
  if (run.length === 0) return [];
  const start = emitter.uniqueName("p");
  let offset = 0;
  const lines: string[] = [];
  for (const { spec, path, name, byteCount } of run) {
    const value = emitter.uniqueName("f");
    lines.push(...readInput(spec, name, value));
    lines.push(...writeFixed(spec, `${start} + ${offset}`, value, `w.at = ${emitter.pathIndex(path + name)};`));
    offset += byteCount;
  }
  // A block, so that each run has its own buffer: between runs it may have been exchanged for a larger one.
  return ["{", `const ${start} = w.reserve(${offset});`, "const b = w.chunk;", ...lines, "}"];
}

/** Statements that declare the variable `local` with the field's value, or its default. */
function readInput(spec: FieldSpec, name: string, local: string): string[] {
  return [`let ${local} = v.${name};`, `if (${local} === undefined) ${local} = ${literal(defaultOf(spec))};`];
}

/** A field that this version does not have, and whose value must not be lost in silence. */
function refuseField(emitter: CodeEmitter, spec: FieldSpec, path: string, name: string): string[] {
  const test = `v.${name} !== undefined && !(${emitter.isDefault(spec, `v.${name}`)})`;
  return [`if (${test}) { w.at = ${emitter.pathIndex(path + name)}; w.failUnsupported(); }`];
}

function writeField(emitter: CodeEmitter, spec: FieldSpec, path: string, name: string): string[] {
  const local = emitter.uniqueName("f");
  return [...readInput(spec, name, local), ...writeValue(emitter, spec, path + name, local)];
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
  const lines: string[] = [];
  if (isNullable) lines.push(`if (${expression} === null) ${isFlexible ? "w.uvarint(0)" : "w.int32(-1)"}; else {`);
  lines.push(`const ${item} = w.${isFlexible ? "compactArray" : "array"}(${expression});`);
  lines.push(...writeElements(emitter, element, path, item));
  if (isNullable) lines.push("}");
  return lines;
}

function writeElements(emitter: CodeEmitter, element: FieldSpec, path: string, array: string): string[] {
  const index = emitter.uniqueName("i");
  const loop = `for (let ${index} = 0; ${index} < ${array}.length; ${index}++)`;
  const fixed = fixedBytes(element);
  const type = element.type;
  if (type.kind === "struct")
    return [`${loop} ${structWriter(emitter, type.fields, `${path}[].`)}(w, ${array}[${index}]);`];
  if (fixed === undefined) return [`${loop} ${writePrimitive(emitter, element, false)}(${array}[${index}]);`];
  const value = emitter.uniqueName("e");
  const start = emitter.uniqueName("p");
  const write = writeFixed(element, `${start} + ${index} * ${fixed}`, value, "");
  return [
    `const ${start} = w.reserve(${array}.length * ${fixed}), b${start} = w.chunk;`,
    `${loop} { const b = b${start}, ${value} = ${array}[${index}];`,
    ...write,
    "}",
  ];
}
