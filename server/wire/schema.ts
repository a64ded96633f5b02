import { ALL_VERSIONS, type VersionRange, versionRange } from "./version-range.ts";

/** The primitive types of Kafka's message definitions. */
export type PrimitiveKind =
  | "bool"
  | "int8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "float64"
  | "string"
  | "bytes"
  | "records"
  | "uuid";

/** What a field holds. */
export type FieldType =
  | { readonly kind: PrimitiveKind }
  | { readonly kind: "array"; readonly element: FieldType }
  | { readonly kind: "struct"; readonly fields: Fields };

/** What a field's value names, so that access control and links need no list of their own. */
export type EntityType = "topicName" | "groupId" | "brokerId" | "transactionalId" | "producerId";

/** Everything that is declared about one field. */
export type FieldSpec = {
  readonly type: FieldType;
  readonly versions: VersionRange;
  /** Versions in which the value may be null; undefined when in none. */
  readonly nullable: VersionRange | undefined;
  /** Number and versions of a tagged field (KIP-482); undefined for an ordinary one. */
  readonly tag: { readonly number: number; readonly versions: VersionRange } | undefined;
  /** The declared default; undefined when Kafka's implicit one of the type holds. */
  readonly explicitDefault: unknown;
  readonly entityType: EntityType | undefined;
  /** Whether Kafka indexes the array's elements by this field, so that it must not repeat. */
  readonly isMapKey: boolean;
  /** Whether a value that the version cannot carry is dropped instead of refused. */
  readonly isIgnorable: boolean;
  /** Whether an int64 is a bigint, because it needs all its bits. */
  readonly isBigint: boolean;
  /** Whether a string keeps its int16 length in flexible versions, as the client id of the request header does. */
  readonly isNeverCompact: boolean;
};

/** Fields in the order of the wire. The names are those of Kafka's JSON with the first letter lowered. */
export type Fields = { readonly [name: string]: Field<unknown, never> };

/** The value that a decoder returns: every field present, absent ones at their defaults. */
export type Decoded<F extends Fields> = { [K in keyof F]: NonNullable<F[K]["~decoded"]>["value"] };
/**
 * The value that an encoder takes: every field may be left out and then has its default (Kafka: 0, "", false, empty,
 * zero uuid or as declared).
 */
export type Input<F extends Fields> = { readonly [K in keyof F]?: Parameters<NonNullable<F[K]["~input"]>>[0] };

const PLAIN: Omit<FieldSpec, "type"> = {
  versions: ALL_VERSIONS,
  nullable: undefined,
  tag: undefined,
  explicitDefault: undefined,
  entityType: undefined,
  isMapKey: false,
  isIgnorable: false,
  isBigint: false,
  isNeverCompact: false,
};

/** One field of a message. Modifiers return a new field; `D` is the type when decoded, `I` when encoded. */
export class Field<D, I> {
  readonly spec: FieldSpec;
  /** Carries `D` for inference only; never set. */
  readonly "~decoded"?: { readonly value: D };
  /** Carries `I` for inference only; never set. */
  readonly "~input"?: (value: I) => void;

  constructor(spec: FieldSpec) {
    this.spec = spec;
  }

  /** Present only in these versions: `"3+"`, `"0-7"`, `"5"`. */
  v(versions: string): Field<D, I> {
    return new Field({ ...this.spec, versions: versionRange(versions) });
  }

  /** May be null in these versions; in all when none are given. */
  nullable(versions = "0+"): Field<D | null, I | null> {
    return new Field({ ...this.spec, nullable: versionRange(versions) });
  }

  /** Has this default instead of the type's implicit one. */
  def(value: D): Field<D, I> {
    return new Field({ ...this.spec, explicitDefault: value });
  }

  /** A tagged field with this number, present only in these versions. */
  tag(number: number, versions: string): Field<D, I> {
    const range = versionRange(versions);
    return new Field({ ...this.spec, versions: range, tag: { number, versions: range } });
  }

  /** The value, or each element of the array, names such a thing. */
  entity(entityType: EntityType): Field<D, I> {
    return new Field({ ...this.spec, entityType });
  }

  /** The enclosing array has one element for each value of this field. */
  mapKey(): Field<D, I> {
    return new Field({ ...this.spec, isMapKey: true });
  }

  /** The encoder drops a value which the version cannot carry, instead of refusing it. */
  ignorable(): Field<D, I> {
    return new Field({ ...this.spec, isIgnorable: true });
  }

  /** Keeps the int16 length in flexible versions. */
  neverCompact(): Field<D, I> {
    return new Field({ ...this.spec, isNeverCompact: true });
  }

  /** An int64 of which every bit counts, as a bigint. */
  bigint(): Field<bigint, bigint> {
    return new Field({ ...this.spec, isBigint: true });
  }
}

function primitive<T>(kind: PrimitiveKind): Field<T, T> {
  return new Field({ ...PLAIN, type: { kind } });
}

/** A boolean; any byte but zero decodes as true. */
export const bool = primitive<boolean>("bool");
export const i8 = primitive<number>("int8");
export const i16 = primitive<number>("int16");
export const u16 = primitive<number>("uint16");
export const i32 = primitive<number>("int32");
export const u32 = primitive<number>("uint32");
/** An int64 as a number: decoding saturates at ±(2^53 - 1), encoding refuses what is not a safe integer. */
export const i64 = primitive<number>("int64");
export const f64 = primitive<number>("float64");
/** A text of at most 32,767 bytes of UTF-8; bad UTF-8 decodes with replacement characters. */
export const str = primitive<string>("string");
/** Bytes; decoded as a view of the message. */
export const bytes = primitive<Uint8Array>("bytes");
/** Record batches as they are, or null; decoded as a view, encoded without a copy. */
export const records: Field<Uint8Array | null, Uint8Array | null> = primitive("records");
/** A uuid in Kafka's text form: base64url, 22 characters. */
export const uuid = primitive<string>("uuid");

/**
 * An array of primitives, `arr(i32)`, or of structures, `arr({ … })`. Only the type of an element counts, not its
 * modifiers.
 */
export function arr<D, I>(element: Field<D, I>): Field<D[], readonly I[]>;
export function arr<F extends Fields>(fields: F): Field<Decoded<F>[], readonly Input<F>[]>;
export function arr(element: Field<unknown, never> | Fields): Field<unknown[], readonly never[]> {
  const type: FieldType = element instanceof Field ? element.spec.type : { kind: "struct", fields: element };
  return new Field({ ...PLAIN, type: { kind: "array", element: type } });
}

/** A structure inside another. */
export function struct<F extends Fields>(fields: F): Field<Decoded<F>, Input<F>> {
  return new Field({ ...PLAIN, type: { kind: "struct", fields } });
}
