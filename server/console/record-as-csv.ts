import type { DecoderChoice } from "../../lib/contracts/decoding.ts";
import { pointersOf } from "../../lib/contracts/messages.ts";
import { jsonTextAt, pathOf } from "../../lib/json-text.ts";
import { decode } from "./decoding/decode.ts";
import type { PlacedRecord } from "./reading/merge-by-time.ts";
import type { DecoderChoices } from "./record-summary.ts";

/** The first line: the record's parts, then the fields that have a column. */
export function csvHead({ columns }: DecoderChoices): string {
  const fixed = ["topic", "partition", "offset", "timestamp", "key", "value", "headers"];
  return line([...fixed, ...pointersOf(columns)]);
}

/** A record as one line of CSV (RFC 4180). Null is an unquoted nothing, no bytes a quoted one; bytes are 0x…; headers are a JSON list of pairs. */
export function csvRow(placed: PlacedRecord, { keyAs, valueAs, columns }: DecoderChoices): string {
  const { topic, partition, record } = placed;
  const read = (part: "key" | "value" | "header", bytes: Uint8Array | null, choice?: DecoderChoice) =>
    decode({ bytes, isCut: false, topic, part, key: record.key, headers: record.headers }, choice);
  const value = read("value", record.value, valueAs);
  const headers = record.headers.map((header) => [header.key, textOf(read("header", header.value))]);
  const fields = pointersOf(columns).map((pointer) =>
    value.form === "json" ? plainText(jsonTextAt(value.text, pathOf(pointer) ?? [])) : null,
  );
  const time = record.timestampMs < 0 ? null : String(record.timestampMs);
  return line([
    topic,
    String(partition),
    String(record.offset),
    time,
    textOf(read("key", record.key, keyAs)),
    textOf(value),
    JSON.stringify(headers),
    ...fields,
  ]);
}

function textOf({ form, text, decoder }: ReturnType<typeof decode>): string | null {
  if (form === "null") return null;
  return form === "bytes" && decoder === "hex" ? `0x${text}` : text;
}

/** A JSON string without its quotes; everything else as it was written. */
function plainText(json: string | undefined): string | null {
  if (json === undefined || json === "null") return null;
  return json.startsWith('"') ? String(JSON.parse(json)) : json;
}

function line(cells: readonly (string | null)[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

function cell(text: string | null): string {
  if (text === null) return "";
  return text === "" || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
