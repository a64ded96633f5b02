import {
  createParser,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { type DecoderChoice, decoderChoice } from "@/lib/contracts/decoding";
import { lastSpans, messageLimits, messagePlace, type MessageQuery, messageQuery } from "@/lib/contracts/messages";
import { positionsText } from "@/lib/contracts/primitives";
import { formatRecordAddress, parseRecordAddress } from "@/lib/record-address";
import { searchLanguages } from "@/lib/search/language";

const offset = createParser({
  parse: (text) => (/^\d{1,19}$/.test(text) ? text : null),
  serialize: (value: string) => value,
});

const budget = createParser({
  parse: (text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null),
  serialize: String,
});

const decoder = createParser({
  parse: (text): DecoderChoice | null => decoderChoice.safeParse(text).data ?? null,
  serialize: String,
});

const recordAddress = createParser({
  parse: parseRecordAddress,
  serialize: formatRecordAddress,
  eq: (a, b) => formatRecordAddress(a) === formatRecordAddress(b),
});

const positions = createParser({
  parse: (text) => (positionsText.safeParse(text).success ? text : null),
  serialize: (value: string) => value,
});

/** The state of the message browser in its address. */
export const messageBrowserState = {
  from: parseAsStringLiteral(messagePlace.options).withDefault("newest"),
  offset,
  offsets: positions,
  time: parseAsInteger,
  last: parseAsStringLiteral(lastSpans),
  group: parseAsString,
  /** The last offset wanted, and the time before which to stop. */
  to: offset,
  until: parseAsInteger,
  /** Partitions, as "0,2,5". */
  partitions: parseAsString,
  /** More topics to merge in. */
  topics: parseAsString,
  limit: parseAsInteger.withDefault(100),
  control: parseAsBoolean.withDefault(false),
  /** Which side of which page's edge. */
  edge: positions,
  turn: parseAsStringLiteral(["next", "previous"] as const),
  at: recordAddress,
  /** Decoders of values and keys; null is what was last chosen for the topic. */
  decode: decoder,
  decodeKey: decoder,
  /** Fields of the value that have a column, as JSON pointers. */
  columns: parseAsArrayOf(parseAsString),
  /** The messages one by one, or the newest of each key. */
  view: parseAsStringLiteral(["list", "table"] as const).withDefault("list"),
  follow: parseAsBoolean.withDefault(false),
  produce: parseAsBoolean.withDefault(false),
};

/** The state of searching in the address of the message browser: a link to a search, or to what one found. */
export const searchState = {
  q: parseAsString.withDefault(""),
  /** Null: as the text looks. */
  lang: parseAsStringLiteral(searchLanguages),
  /** Records that a search may read; null is no bound. */
  budget,
  /** `committed` leaves out what transactions wrote that were aborted, or are open. */
  isolation: parseAsStringLiteral(["uncommitted", "committed"] as const).withDefault("uncommitted"),
  /** The job whose matches are shown instead of a page of records. */
  search: parseAsInteger,
};

type BrowserPlace = {
  readonly from: MessageQuery["from"];
  readonly offset: string | null;
  readonly offsets: string | null;
  readonly time: number | null;
  readonly last: MessageQuery["last"] | null;
  readonly group: string | null;
  readonly to: string | null;
  readonly until: number | null;
  readonly partitions: string | null;
  readonly topics: string | null;
  readonly limit: number;
  readonly control: boolean;
  readonly edge: string | null;
  readonly turn: MessageQuery["turn"] | null;
  readonly decode: DecoderChoice | null;
  readonly decodeKey: DecoderChoice | null;
  readonly columns: readonly string[] | null;
};

/** Turns the address of the message browser into its read; a place without its offset or time falls back to the newest. */
export function messageQueryOf(state: BrowserPlace): MessageQuery {
  const query = {
    ...placeOf(state),
    toOffset: state.to,
    toMs: state.until,
    partitions: state.partitions,
    topics: state.topics,
    limit: Math.min(messageLimits[messageLimits.length - 1] ?? 100, Math.max(1, state.limit)),
    control: state.control ? "true" : null,
    edge: state.turn ? state.edge : null,
    turn: state.edge ? state.turn : null,
    valueAs: state.decode === "auto" ? null : state.decode,
    keyAs: state.decodeKey === "auto" ? null : state.decodeKey,
    columns: state.columns === null || state.columns.length === 0 ? null : JSON.stringify(state.columns),
  };
  const parsed = messageQuery.safeParse(withoutNulls(query));
  // An address that somebody wrote by hand may hold what no query takes.
  return parsed.success ? parsed.data : { from: "newest", limit: query.limit };
}

function placeOf({ from, offset: at, offsets, time, last, group }: BrowserPlace): Record<string, unknown> {
  const needs = { newest: true, oldest: true, offset: at, offsets, time, last, group }[from];
  if (needs === null || needs === undefined) return { from: "newest" };
  const place = { newest: {}, oldest: {}, offset: { offset: at }, offsets: { offsets }, time: { timeMs: time } };
  return { from, ...{ ...place, last: { last }, group: { group } }[from] };
}

function withoutNulls(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}

/** Where a sample of records may begin. */
export const samplePlaces = ["newest", "oldest", "time", ...lastSpans] as const;

/** The sample from which a topic's shape is learnt, and the other one that it is held against. */
export const shapeState = {
  sample: parseAsInteger.withDefault(500),
  from: parseAsStringLiteral(samplePlaces).withDefault("newest"),
  /** For a sample that begins at a time. */
  time: parseAsInteger,
  against: parseAsStringLiteral(["nothing", ...samplePlaces] as const).withDefault("nothing"),
  againstTime: parseAsInteger,
  q: parseAsString.withDefault(""),
};
