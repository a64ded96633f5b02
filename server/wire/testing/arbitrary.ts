import fc from "fast-check";
import { defaultOf } from "../defaults.ts";
import type { FieldSpec, FieldType, Fields } from "../schema.ts";
import { uuidToText } from "../uuid.ts";
import { includesVersion } from "../version-range.ts";

/** Enough to have none, one and several; more only makes messages long. */
const MAX_ELEMENTS = 3;

const primitives = {
  bool: fc.boolean(),
  int8: fc.integer({ min: -128, max: 127 }),
  int16: fc.integer({ min: -32768, max: 32767 }),
  uint16: fc.integer({ min: 0, max: 65535 }),
  int32: fc.integer(),
  uint32: fc.integer({ min: 0, max: 0xffffffff }),
  int64: fc.maxSafeInteger(),
  float64: fc.double({ noNaN: true }),
  // Texts without lone surrogates, which UTF-8 cannot carry; now and then one beyond the writer's short path.
  string: fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.string({ minLength: 25, maxLength: 150 }),
  ),
  bytes: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  records: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  uuid: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => uuidToText(Buffer.from(bytes), 0)),
} as const;

/**
 * Values of a message in one version: each field that the version has is drawn, the others are at their defaults, as a
 * decoder gives them.
 */
export function arbitraryOf(fields: Fields, version: number): fc.Arbitrary<Record<string, unknown>> {
  const entries = Object.entries(fields).map(([name, { spec }]): [string, fc.Arbitrary<unknown>] => [
    name,
    fieldArbitrary(spec, version),
  ]);
  return fc.record(Object.fromEntries(entries), { noNullPrototype: true });
}

function fieldArbitrary(spec: FieldSpec, version: number): fc.Arbitrary<unknown> {
  const fallback = defaultOf(spec);
  if (!includesVersion(spec.versions, version)) return fc.constant(fallback);
  const isNullable = spec.nullable !== undefined && includesVersion(spec.nullable, version);
  const value = spec.isBigint
    ? fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    : typeArbitrary(spec.type, version);
  const drawn = isNullable ? fc.option(value, { nil: null, freq: 4 }) : value;
  // Defaults are what tagged fields leave out, so they must come often. A null default may not be legal in this
  // version.
  return fallback === null && !isNullable
    ? drawn
    : fc.oneof({ weight: 4, arbitrary: drawn }, { weight: 1, arbitrary: fc.constant(fallback) });
}

function typeArbitrary(type: FieldType, version: number): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case "array":
      return fc.array(typeArbitrary(type.element, version), { maxLength: MAX_ELEMENTS });
    case "struct":
      return arbitraryOf(type.fields, version);
    default:
      return primitives[type.kind];
  }
}
