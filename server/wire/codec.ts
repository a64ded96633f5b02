import { compileDecoder, type Decoder } from "./compile-decoder.ts";
import { compileEncoder, type Encoder } from "./compile-encoder.ts";
import { Reader } from "./reader.ts";
import type { Fields } from "./schema.ts";
import { includesVersion, type VersionRange } from "./version-range.ts";
import { WireError } from "./wire-error.ts";
import { Writer } from "./writer.ts";

/** What a codec is made of. */
export type CodecDeclaration = {
  readonly name: string;
  readonly versions: VersionRange;
  /** Versions with compact lengths and tagged fields (KIP-482). */
  readonly flexibleVersions: VersionRange;
  readonly fields: Fields;
};

/**
 * Turns values of one message into bytes and back, in each of its versions. `D` is what decoding returns, `I` what
 * encoding takes. Code is compiled for a version when it is first used, and kept.
 */
export class Codec<D, I> {
  readonly name: string;
  readonly versions: VersionRange;
  readonly fields: Fields;
  private readonly flexibleVersions: VersionRange;
  private readonly decoders: (Decoder<D> | undefined)[] = [];
  private readonly encoders: (Encoder<I> | undefined)[] = [];

  constructor(declaration: CodecDeclaration) {
    this.name = declaration.name;
    this.versions = declaration.versions;
    this.flexibleVersions = declaration.flexibleVersions;
    this.fields = declaration.fields;
  }

  isFlexible(version: number): boolean {
    return includesVersion(this.flexibleVersions, version);
  }

  /**
   * The message as a list of buffers; slices of records are in it uncopied. Throws WireError for a value that the
   * version cannot carry.
   */
  encode(value: I, version: number): Uint8Array[] {
    const writer = new Writer();
    this.write(writer, value, version);
    return writer.buffers();
  }

  /** The message in one buffer. Throws as `encode`. */
  encodeToBuffer(value: I, version: number): Buffer {
    const writer = new Writer();
    this.write(writer, value, version);
    return writer.toBuffer();
  }

  /** Writes the message behind what the writer has, for instance a header. Throws as `encode`. */
  write(writer: Writer, value: I, version: number): void {
    const encoder = this.encoders[version] ?? this.compileEncoder(version);
    encoder(writer, value);
  }

  /**
   * The message that fills `bytes` exactly. Bytes and records in it are views of `bytes`.
   * Throws WireError when the bytes are too few, too many, or contradict themselves.
   */
  decode(bytes: Uint8Array, version: number): D {
    const reader = new Reader(bytes);
    const value = this.read(reader, version);
    reader.finish();
    return value;
  }

  /** Reads the message at the reader's position and leaves what follows it. Throws WireError. */
  read(reader: Reader, version: number): D {
    const decoder = this.decoders[version] ?? this.compileDecoder(version);
    return decoder(reader);
  }

  private compileEncoder(version: number): Encoder<I> {
    const encoder = compileEncoder<I>(this.messageVersion(version), this.fields);
    this.encoders[version] = encoder;
    return encoder;
  }

  private compileDecoder(version: number): Decoder<D> {
    const decoder = compileDecoder<D>(this.messageVersion(version), this.fields);
    this.decoders[version] = decoder;
    return decoder;
  }

  private messageVersion(version: number): { name: string; version: number; isFlexible: boolean } {
    if (!Number.isInteger(version) || !includesVersion(this.versions, version)) {
      const { min, max } = this.versions;
      throw new WireError(`only versions ${min} to ${max} exist`, {
        api: this.name,
        version,
        fieldPath: "",
        position: 0,
      });
    }
    return { name: this.name, version, isFlexible: this.isFlexible(version) };
  }
}
