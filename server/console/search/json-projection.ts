/** What the bytes were not: JSON, or JSON that is nested too deeply to be taken whole. */
export const NOT_JSON = Symbol("not JSON");

/** A JSON value as CEL knows it: whole numbers are bigint (CEL's int, exact), others number (CEL's double). */
export type CelValue =
  null | boolean | bigint | number | string | readonly CelValue[] | { readonly [name: string]: CelValue };

/** Deeper values are not taken whole; what lies beside them still is. */
const DEPTH_MAX = 200;

/** One step of the paths that are wanted; `isWhole` wants all that is below it. */
type Wanted = { isWhole: boolean; readonly members: Map<string, { readonly name: Buffer; readonly wanted: Wanted }> };

/** Takes the wanted paths out of JSON bytes and passes over the rest without making anything of it: most of a record is never decoded. */
export class JsonProjection {
  private readonly root: Wanted = { isWhole: false, members: new Map() };
  private bytes: Buffer = Buffer.alloc(0);
  private at = 0;
  private end = 0;

  /** An empty path wants the whole value. */
  constructor(paths: readonly (readonly string[])[]) {
    for (const path of paths) {
      let wanted = this.root;
      for (const name of path) {
        const member = wanted.members.get(name) ?? {
          name: Buffer.from(name, "utf8"),
          wanted: { isWhole: false, members: new Map() },
        };
        wanted.members.set(name, member);
        ({ wanted } = member);
      }
      wanted.isWhole = true;
    }
  }

  /** An object or array with what was wanted of it; NOT_JSON for anything else. */
  read(bytes: Buffer, start: number, end: number): CelValue | typeof NOT_JSON {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    this.space();
    const first = bytes[this.at];
    if (this.at >= end || (first !== OBJECT && first !== ARRAY)) return NOT_JSON;
    try {
      const value = this.value(this.root, 0);
      this.space();
      return this.at === end ? value : NOT_JSON;
    } catch (error) {
      if (error === broken) return NOT_JSON;
      throw error;
    }
  }

  private value(wanted: Wanted | undefined, depth: number): CelValue {
    const byte = this.bytes[this.at];
    if (depth > DEPTH_MAX) throw broken;
    switch (byte) {
      case OBJECT:
        return this.object(wanted, depth);
      case ARRAY:
        // Elements are reached only through the whole list.
        return wanted?.isWhole || wanted === undefined ? this.array(depth) : this.passed([]);
      case QUOTE:
        return this.text();
      case 0x74:
        return this.word("true", true);
      case 0x66:
        return this.word("false", false);
      case 0x6e:
        return this.word("null", null);
      default:
        return this.number();
    }
  }

  /** `undefined` as wanted: everything below a whole value. */
  private object(wanted: Wanted | undefined, depth: number): CelValue {
    const own = wanted === undefined || wanted.isWhole ? undefined : wanted;
    const object: Record<string, CelValue> = Object.create(null);
    this.at += 1;
    this.space();
    if (this.bytes[this.at] === OBJECT_END) return this.passedByte(object);
    for (;;) {
      if (own === undefined) {
        const name = this.text();
        this.colon();
        object[name] = this.value(undefined, depth + 1);
      } else {
        const member = this.memberOf(own);
        this.colon();
        if (member === undefined) this.pass();
        else object[member.key] = this.value(member.wanted.isWhole ? undefined : member.wanted, depth + 1);
      }
      if (this.isEnd(OBJECT_END)) return object;
      if (this.bytes[this.at] !== QUOTE) throw broken;
    }
  }

  private array(depth: number): CelValue {
    const list: CelValue[] = [];
    this.at += 1;
    this.space();
    if (this.bytes[this.at] === ARRAY_END) return this.passedByte(list);
    for (;;) {
      list.push(this.value(undefined, depth + 1));
      if (this.isEnd(ARRAY_END)) return list;
    }
  }

  /** Reads a member's name; undefined when it is not wanted. */
  private memberOf({ members }: Wanted): { readonly key: string; readonly wanted: Wanted } | undefined {
    const start = this.at + 1;
    const isEscaped = this.passText();
    const length = this.at - 1 - start;
    if (isEscaped) {
      const key = this.unescaped(start, this.at - 1);
      const member = members.get(key);
      return member && { key, wanted: member.wanted };
    }
    for (const [key, { name, wanted }] of members) {
      if (name.length === length && isSame(this.bytes, start, name)) return { key, wanted };
    }
    return undefined;
  }

  private text(): string {
    const start = this.at + 1;
    if (this.bytes[this.at] !== QUOTE) throw broken;
    const isEscaped = this.passText();
    return isEscaped ? this.unescaped(start, this.at - 1) : this.bytes.toString("utf8", start, this.at - 1);
  }

  private unescaped(start: number, end: number): string {
    try {
      return String(JSON.parse(`"${this.bytes.toString("utf8", start, end)}"`));
    } catch {
      throw broken;
    }
  }

  /** Stands behind the closing quote afterwards; whether there was a backslash. */
  private passText(): boolean {
    const { bytes, end } = this;
    let at = this.at + 1;
    let isEscaped = false;
    if (bytes[this.at] !== QUOTE) throw broken;
    for (; at < end; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        this.at = at + 1;
        return isEscaped;
      }
      if (byte === BACKSLASH) {
        isEscaped = true;
        at += 1;
      }
    }
    throw broken;
  }

  private number(): CelValue {
    const { bytes, end } = this;
    const start = this.at;
    let isWhole = true;
    for (; this.at < end; this.at += 1) {
      const byte = bytes[this.at] ?? 0;
      if ((byte >= 0x30 && byte <= 0x39) || byte === 0x2d) continue;
      if (byte !== 0x2e && byte !== 0x65 && byte !== 0x45 && byte !== 0x2b) break;
      isWhole = false;
    }
    const text = bytes.toString("latin1", start, this.at);
    const number = text === "" ? Number.NaN : Number(text);
    if (Number.isNaN(number)) throw broken;
    return isWhole ? BigInt(Number.isSafeInteger(number) ? number : text) : number;
  }

  private word<T>(word: string, value: T): T {
    if (this.bytes.toString("latin1", this.at, this.at + word.length) !== word) throw broken;
    this.at += word.length;
    return value;
  }

  /** Passes over a value of which nothing is wanted, however deep it is. */
  private pass(): void {
    const { bytes, end } = this;
    let depth = 0;
    while (this.at < end) {
      const byte = bytes[this.at];
      if (byte === QUOTE) this.passText();
      else if (byte === OBJECT || byte === ARRAY) {
        depth += 1;
        this.at += 1;
      } else if (byte === OBJECT_END || byte === ARRAY_END) {
        if (depth === 0) throw broken;
        depth -= 1;
        this.at += 1;
      } else if (depth === 0) this.value(undefined, 0);
      else {
        this.at += 1;
        continue;
      }
      if (depth === 0) return;
    }
    throw broken;
  }

  private passed<T>(value: T): T {
    this.pass();
    return value;
  }

  private passedByte<T>(value: T): T {
    this.at += 1;
    return value;
  }

  private colon(): void {
    this.space();
    if (this.bytes[this.at] !== COLON) throw broken;
    this.at += 1;
    this.space();
  }

  /** After an element: true at the end of what holds it, false before the next. */
  private isEnd(endByte: number): boolean {
    this.space();
    const byte = this.bytes[this.at];
    if (this.at >= this.end || (byte !== COMMA && byte !== endByte)) throw broken;
    this.at += 1;
    this.space();
    return byte === endByte;
  }

  private space(): void {
    const { bytes, end } = this;
    while (this.at < end) {
      const byte = bytes[this.at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.at += 1;
    }
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const ARRAY = 0x5b;
const ARRAY_END = 0x5d;

/** Thrown where the bytes stop being JSON: one object, because records that are no JSON are many. */
const broken = new Error("not JSON");

function isSame(bytes: Buffer, start: number, name: Buffer): boolean {
  for (let index = 0; index < name.length; index += 1) if (bytes[start + index] !== name[index]) return false;
  return true;
}
