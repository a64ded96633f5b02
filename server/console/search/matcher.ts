import { isUtf8 } from "node:buffer";
import type { DecodedForm, DecoderChoice } from "../../../lib/contracts/decoding.ts";
import type { SearchFailure, SearchQuery } from "../../../lib/contracts/search.ts";
import type { BytePattern, Prefilter } from "../../client/byte-pattern.ts";
import type { RecordJudge, RecordPlace, ScannedRecord } from "../../client/scan-records.ts";
import { controlWords } from "../record-summary.ts";
import { decode, decodeByOwn, isOwnGuessing } from "../decoding/decode.ts";
import type { Decoded, Payload } from "../decoding/decoder.ts";
import { compileExpression, evaluationFault, type Expression, type ExpressionRecord } from "./expression.ts";
import { JsonProjection, NOT_JSON } from "./json-projection.ts";
import { necessaryOf } from "./necessary.ts";
import { type RuledOut, ruledOutBy } from "./ruled-out.ts";
import { textTerms, type TextTerm } from "./text-query.ts";

/** Tells of one record after the other whether it is wanted. */
export type Matcher = RecordJudge & {
  /** From now on every record is decoded, whatever its bytes say. */
  judgeEach(): void;
  /** Records that were decoded, and of these, for how many it could not be told. */
  evaluated: number;
  failed: number;
  /** The first record for which it could not be told, and why. */
  failure: SearchFailure | null;
};

/** What a query asks of each record. */
type Asked = Pick<SearchQuery, "language" | "text" | "keyAs" | "valueAs">;

type Choices = Pick<Asked, "keyAs" | "valueAs">;

/** Whether a person chose how keys or values are read: raw bytes then say little of what an expression sees. */
export function isChosen({ keyAs = "auto", valueAs = "auto" }: Choices): boolean {
  return keyAs !== "auto" || valueAs !== "auto";
}

/** Makes ready what a query asks. Throws for an expression that does not compile: it was checked when it came in. */
export function matcherOf({ language, text, ...choices }: Asked): Matcher {
  if (language === "text") return new TextMatcher(textTerms(text));
  const compiled = compileExpression(text);
  if (!compiled.ok) throw new Error(`the expression does not compile: ${compiled.fault.message}`);
  return new ExpressionMatcher(compiled.expression, choices);
}

type ControlRecord = Parameters<RecordJudge["matchesControl"]>[0];

class TextMatcher implements Matcher {
  prefilter: Prefilter;
  evaluated = 0;
  readonly failed = 0;
  readonly failure = null;

  constructor(private readonly terms: readonly TextTerm[]) {
    const wanted = terms.filter(({ isExcluded }) => !isExcluded);
    const rarity = ({ forms }: TextTerm) => Math.min(...forms.map(({ length }) => length));
    const rarest = wanted.toSorted((a, b) => rarity(b) - rarity(a))[0];
    this.prefilter = rarest?.forms ?? null;
  }

  judgeEach(): void {
    this.prefilter = null;
  }

  matches(record: ScannedRecord, bytes: Buffer): boolean {
    this.evaluated += 1;
    return this.terms.every((term) => isIn(term, record, bytes) !== term.isExcluded);
  }

  matchesControl(record: ControlRecord): boolean {
    const bytes = Buffer.from(controlWords(record, record.control));
    return this.terms.every(({ forms, isExcluded }) => has(forms, bytes, 0, bytes.length) !== isExcluded);
  }
}

function isIn({ place, forms }: TextTerm, own: ScannedRecord, bytes: Buffer): boolean {
  const { keyStart, keyLength, valueStart, valueLength, headerCount } = own;
  if (place !== "value" && place !== "header" && has(forms, bytes, keyStart, keyStart + keyLength)) return true;
  if (place !== "key" && place !== "header" && has(forms, bytes, valueStart, valueStart + valueLength)) return true;
  if (place === "key" || place === "value" || headerCount === 0) return false;
  return own.headers().some(({ key, value }) => {
    const name = Buffer.from(key);
    const content = value === null ? undefined : asBuffer(value);
    return has(forms, name, 0, name.length) || (content !== undefined && has(forms, content, 0, content.length));
  });
}

function has(forms: readonly BytePattern[], bytes: Buffer, start: number, end: number): boolean {
  return end > start && forms.some((form) => form.indexIn(bytes, start, end) >= 0);
}

class ExpressionMatcher implements Matcher {
  prefilter: Prefilter;
  evaluated = 0;
  failed = 0;
  failure: SearchFailure | null = null;
  private readonly key: JsonProjection | undefined;
  private readonly value: JsonProjection | undefined;
  private isRuledOut: RuledOut | undefined;
  private readonly record: ExpressionRecord = {
    key: null,
    value: null,
    headers: {},
    topic: "",
    partition: 0n,
    offset: 0n,
    timestamp: new Date(0),
  };

  constructor(
    private readonly expression: Expression,
    private readonly choices: Choices,
  ) {
    const { key, value } = expression.used;
    this.prefilter = necessaryOf(expression.tree).bytes;
    this.isRuledOut = ruledOutBy(expression.tree);
    this.key = key.length > 0 ? new JsonProjection(key) : undefined;
    this.value = value.length > 0 ? new JsonProjection(value) : undefined;
  }

  judgeEach(): void {
    this.prefilter = null;
    this.isRuledOut = undefined;
  }

  matches(own: ScannedRecord, bytes: Buffer, { topic, partition }: RecordPlace): boolean {
    const { record, key, value, choices } = this;
    if (own.valueLength > 0 && this.isRuledOut?.(bytes, own.valueStart, own.valueStart + own.valueLength)) return false;
    const headers = isOwnGuessing() || isChosen(choices) ? own.headers() : [];
    const keyBytes = own.keyLength < 0 ? null : bytes.subarray(own.keyStart, own.keyStart + own.keyLength);
    if (key) record.key = decoded({ topic, part: "key", bytes: keyBytes, key: keyBytes, headers }, key, choices.keyAs);
    if (value) {
      const valueBytes = own.valueLength < 0 ? null : bytes.subarray(own.valueStart, own.valueStart + own.valueLength);
      const part: Part = { topic, part: "value", bytes: valueBytes, key: keyBytes, headers };
      record.value = decoded(part, value, choices.valueAs);
    }
    if (this.expression.used.headers) record.headers = headersOf(own);
    record.topic = topic;
    record.partition = BigInt(partition);
    record.offset = BigInt(own.offset);
    record.timestamp.setTime(own.timestampMs);
    return this.holds(topic, partition, own.offset);
  }

  /** Its value is what it says, in words. */
  matchesControl(record: ControlRecord): boolean {
    const { offset, control } = record;
    Object.assign(this.record, {
      key: null,
      value: controlWords(record, control),
      headers: {},
      offset: BigInt(offset),
    });
    return this.holds("", -1, offset);
  }

  private holds(topic: string, partition: number, offset: number): boolean {
    this.evaluated += 1;
    try {
      return this.expression.holds(this.record);
    } catch (error) {
      const message = evaluationFault(error);
      if (message === undefined) throw error;
      this.failed += 1;
      this.failure ??= { topic, partition, offset: String(offset), message };
      return false;
    }
  }
}

type Part = {
  readonly topic: string;
  readonly part: "key" | "value";
  readonly bytes: Buffer | null;
  readonly key: Uint8Array | null;
  readonly headers: NonNullable<Payload["headers"]>;
};

/**
 * A key or value as an expression sees it: what the page shows as fields by its fields, other text as text, anything else as bytes. JSON is read
 * where it lies; only other formats, Kafka's own records, and what a decoder was chosen for go through their decoders.
 */
function decoded(part: Part, projection: JsonProjection, choice: DecoderChoice = "auto"): unknown {
  const { bytes, topic } = part;
  if (bytes === null) return null;
  if (choice !== "auto") return projected(decode({ ...part, bytes, isCut: false }, choice), bytes, projection);
  const byOwn = isOwnGuessing() ? decodeByOwn({ ...part, bytes, isCut: false }) : undefined;
  if (byOwn) return projected(byOwn, bytes, projection);
  const json = projection.read(bytes, 0, bytes.length);
  if (json !== NOT_JSON) return json;
  if (!isInternal(topic) && isUtf8(bytes)) return bytes.toString("utf8");
  return projected(decode({ ...part, bytes, isCut: false }), bytes, projection);
}

function projected(
  { form, text }: Pick<Decoded, "text"> & { readonly form: DecodedForm },
  bytes: Buffer,
  projection: JsonProjection,
): unknown {
  if (form === "json") {
    const made = Buffer.from(text);
    const value = projection.read(made, 0, made.length);
    return value === NOT_JSON ? text : value;
  }
  return form === "text" || form === "xml" ? text : Uint8Array.from(bytes);
}

/** Whether Kafka itself writes the topic: its records have no text that could be looked for in their bytes. */
export function isInternal(topic: string): boolean {
  return topic.startsWith("__");
}

/** By name; of names that repeat the last stands, as with Kafka's `Headers.lastHeader`. */
function headersOf(own: ScannedRecord): Record<string, unknown> {
  const headers: Record<string, unknown> = Object.create(null);
  for (const { key, value } of own.headers()) {
    headers[key] = value === null ? null : isUtf8(value) ? asBuffer(value).toString("utf8") : Uint8Array.from(value);
  }
  return headers;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
