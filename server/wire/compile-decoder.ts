import { CodeEmitter, elementSpec, literal, type MessageVersion, primitiveMethod } from "./code-emitter.ts";
import { defaultOf, NO_BYTES } from "./defaults.ts";
import { fixedBytes, readFixed } from "./fixed-run.ts";
import { int64 } from "./int64.ts";
import type { MessageContext, Reader } from "./reader.ts";
import type { FieldSpec, Fields } from "./schema.ts";

/** Reads one message at the reader's position; the caller checks that nothing is left. */
export type Decoder<D> = (reader: Reader) => D;

/**
 * Longer arrays grow as they are read, so that a count that lies costs no more memory than the bytes that follow it.
 */
const PREALLOCATED_ELEMENTS = 4096;
const METHOD_NAMES = { bytes: "byteString", records: "byteString" };

/**
 * Compiles the decoder of one message and version: a function for each structure that reads its fields straight into an
 * object literal.
 */
export function compileDecoder<D>(message: MessageVersion, fields: Fields): Decoder<D> {
  const emitter = new CodeEmitter(message);
  const root = structReader(emitter, fields, "");
  emitter.addFunction("decode", "r", ["r.context = CONTEXT;", "r.at = 0;", `return ${root}(r);`]);
  // Narrowing: the program that was just built is a function of these three which returns `decode`.
  const build = new Function("CONTEXT", "NO_BYTES", "INT64", emitter.program("decode")) as Build<D>;
  return build(emitter.context(), NO_BYTES, int64);
}

type Build<D> = (context: MessageContext, noBytes: Uint8Array, toInt64: typeof int64) => Decoder<D>;

/** Fewest bytes that a value of the field takes in this version; array counts are judged by it. */
function minimumBytes(emitter: CodeEmitter, spec: FieldSpec): number {
  const isFlexible = emitter.message.isFlexible && !spec.isNeverCompact;
  switch (spec.type.kind) {
    case "bool":
    case "int8":
      return 1;
    case "int16":
    case "uint16":
      return 2;
    case "int32":
    case "uint32":
      return 4;
    case "int64":
    case "float64":
      return 8;
    case "uuid":
      return 16;
    case "string":
      return isFlexible ? 1 : 2;
    case "bytes":
    case "records":
    case "array":
      return isFlexible ? 1 : 4;
    case "struct":
      return emitter.isNullable(spec) ? 1 : structMinimumBytes(emitter, spec.type.fields);
  }
}

function structMinimumBytes(emitter: CodeEmitter, fields: Fields): number {
  let byteCount = emitter.message.isFlexible ? 1 : 0;
  for (const { spec } of Object.values(fields)) {
    if (emitter.has(spec) && emitter.tagOf(spec) === undefined) byteCount += minimumBytes(emitter, spec);
  }
  return byteCount;
}

/** Adds the function that reads a structure; returns its name. */
function structReader(emitter: CodeEmitter, fields: Fields, path: string): string {
  const lines: string[] = ["const b = r.bytes;"];
  const locals: string[] = [];
  let run: FixedField[] = [];
  for (const [name, { spec }] of Object.entries(fields)) {
    const local = emitter.uniqueName("f");
    locals.push(`${name}: ${local}`);
    if (!emitter.has(spec) || emitter.tagOf(spec) !== undefined) {
      lines.push(`let ${local} = ${literal(defaultOf(spec))};`);
      continue;
    }
    const byteCount = fixedBytes(spec);
    if (byteCount !== undefined) {
      run.push({ spec, path: path + name, local, byteCount });
      continue;
    }
    lines.push(...readRun(emitter, run), `let ${local};`, ...readField(emitter, spec, path + name, local));
    run = [];
  }
  lines.push(...readRun(emitter, run));
  if (emitter.message.isFlexible) lines.push(...readTags(emitter, fields, path, locals));
  lines.push(`return { ${locals.join(", ")} };`);
  const functionName = emitter.uniqueName("read");
  emitter.addFunction(functionName, "r", lines);
  return functionName;
}

type FixedField = {
  readonly spec: FieldSpec;
  readonly path: string;
  readonly local: string;
  readonly byteCount: number;
};

/** Reads neighbouring fields of fixed size after one check that all of them are there. An error names the first. */
function readRun(emitter: CodeEmitter, run: readonly FixedField[]): string[] {
  const first = run[0];
  if (first === undefined) return [];
  const start = emitter.uniqueName("p");
  let offset = 0;
  const lines = [`r.at = ${emitter.pathIndex(first.path)};`];
  const reads = run.map(({ spec, local, byteCount }) => {
    const read = `const ${local} = ${readFixed(spec, `${start} + ${offset}`)};`;
    offset += byteCount;
    return read;
  });
  return [...lines, `const ${start} = r.take(${offset});`, ...reads];
}

function readTags(emitter: CodeEmitter, fields: Fields, path: string, locals: readonly string[]): string[] {
  const tagged = emitter.tagged(fields);
  if (tagged.length === 0) return [`r.at = ${emitter.pathIndex(`${path}tags`)};`, "r.skipTags();"];
  const localOf = new Map(
    locals.map((entry) => [entry.slice(0, entry.indexOf(":")), entry.slice(entry.indexOf(":") + 2)]),
  );
  const lines = [
    `r.at = ${emitter.pathIndex(`${path}tags`)};`,
    "for (let left = r.uvarint(); left > 0; left--) {",
    "switch (r.uvarint()) {",
  ];
  for (const { name, spec, tag } of tagged) {
    lines.push(`case ${tag}: {`, "const outerEnd = r.beginTag();");
    lines.push(...readField(emitter, spec, path + name, localOf.get(name) ?? ""));
    lines.push("r.endTag(outerEnd);", "break;", "}");
  }
  lines.push("default: r.skipTag();", "}", "}");
  return lines;
}

/** Statements that read one value into `target`. */
function readField(emitter: CodeEmitter, spec: FieldSpec, path: string, target: string): string[] {
  const lines = [`r.at = ${emitter.pathIndex(path)};`];
  const isNullable = emitter.isNullable(spec);
  const type = spec.type;
  if (type.kind === "array") {
    lines.push(...readArray(emitter, elementSpec(spec, type.element), path, { target, isNullable }));
  } else if (type.kind === "struct") {
    const read = `${target} = ${structReader(emitter, type.fields, `${path}.`)}(r);`;
    // A sign before a structure tells whether it is there: an int8, but in a tagged field an unsigned varint, as
    // Kafka's generator writes it.
    const isNull = emitter.tagOf(spec) === undefined ? "r.int8() < 0" : "r.uvarint() === 0";
    lines.push(isNullable ? `if (${isNull}) ${target} = null; else ${read}` : read);
  } else {
    lines.push(`${target} = ${readPrimitive(emitter, spec, isNullable)};`);
  }
  return lines;
}

function readPrimitive(emitter: CodeEmitter, spec: FieldSpec, isNullable: boolean): string {
  return `r.${primitiveMethod(spec, emitter.message.isFlexible, isNullable, METHOD_NAMES)}()`;
}

function readArray(
  emitter: CodeEmitter,
  element: FieldSpec,
  path: string,
  into: { target: string; isNullable: boolean },
): string[] {
  const { target, isNullable } = into;
  const count = emitter.uniqueName("n");
  const index = emitter.uniqueName("i");
  const method = emitter.message.isFlexible ? "compactArrayLength" : "arrayLength";
  // An element without a byte would let any count pass, so it is judged as one byte.
  const elementBytes = Math.max(1, minimumBytes(emitter, element));
  const lines = [`const ${count} = r.${method}(${elementBytes});`];
  if (isNullable) lines.push(`if (${count} < 0) ${target} = null; else {`);
  else lines.push(`if (${count} < 0) r.failNull();`);
  lines.push(`${target} = ${count} <= ${PREALLOCATED_ELEMENTS} ? new Array(${count}) : [];`);
  const fixed = fixedBytes(element);
  const start = emitter.uniqueName("p");
  if (fixed !== undefined) lines.push(`const ${start} = r.take(${count} * ${fixed});`);
  const read =
    fixed === undefined ? readElement(emitter, element, path) : readFixed(element, `${start} + ${index} * ${fixed}`);
  lines.push(`for (let ${index} = 0; ${index} < ${count}; ${index}++) ${target}[${index}] = ${read};`);
  if (isNullable) lines.push("}");
  return lines;
}

function readElement(emitter: CodeEmitter, element: FieldSpec, path: string): string {
  const type = element.type;
  return type.kind === "struct"
    ? `${structReader(emitter, type.fields, `${path}[].`)}(r)`
    : readPrimitive(emitter, element, false);
}
