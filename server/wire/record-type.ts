import { Codec } from "./codec.ts";
import type { Decoded, Fields, Input } from "./schema.ts";
import { NO_VERSIONS, versionRange } from "./version-range.ts";

/**
 * Where a message that is no API lives: in the metadata log, as key or value of a coordinator's topic, or as `data` of
 * its own (control records, snapshots, what members of a group tell each other).
 */
export type RecordKind = "metadata" | "coordinator-key" | "coordinator-value" | "data";

/** The facts about a record type that are not fields. */
export type RecordDeclaration = {
  readonly kind: RecordKind;
  /** Number of the type in its log; undefined for `data`, whose place tells what it is. */
  readonly apiKey?: number;
  readonly name: string;
  readonly versions: string;
  /** First version with compact lengths and tagged fields (KIP-482). */
  readonly flexible: number | "never";
};

/** A record type: a codec that knows its number in the log. */
export class RecordType<D, I> extends Codec<D, I> {
  readonly kind: RecordKind;
  /** Number of the type in its log; -1 for `data`. */
  readonly apiKey: number;

  constructor(declaration: RecordDeclaration, fields: Fields) {
    const { name, versions, flexible } = declaration;
    const flexibleVersions = flexible === "never" ? NO_VERSIONS : versionRange(`${flexible}+`);
    super({ name, versions: versionRange(versions), flexibleVersions, fields });
    this.kind = declaration.kind;
    this.apiKey = declaration.apiKey ?? -1;
  }
}

/** Any record type, when its fields do not matter. */
export type AnyRecordType = RecordType<unknown, never>;

/** What decoding a record returns. */
export type RecordOf<R extends AnyRecordType> = ReturnType<R["decode"]>;
/** What encoding a record takes. */
export type RecordInput<R extends AnyRecordType> = Parameters<R["encode"]>[0];

/** Declares a record type. */
export function recordType<F extends Fields>(
  declaration: RecordDeclaration,
  fields: F,
): RecordType<Decoded<F>, Input<F>> {
  return new RecordType(declaration, fields);
}
