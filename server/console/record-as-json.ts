import type { DecoderChoice } from "../../lib/contracts/decoding.ts";
import { decode } from "./decoding/decode.ts";
import type { PlacedRecord } from "./reading/merge-by-time.ts";
import { type DecoderChoices, placeFactsOf } from "./record-summary.ts";

/**
 * A record as one line of JSON: JSON keys and values as they are, so that every number keeps its digits, text as strings, bytes as
 * `{"base64": "…"}`, Kafka's null as null. Headers are a list of pairs: names may repeat.
 */
export function jsonOfRecord(placed: PlacedRecord, { keyAs, valueAs }: DecoderChoices): string {
  const { record } = placed;
  const { topic, partition, offset, timestampMs, timestampType } = placeFactsOf(placed);
  const part = (name: "key" | "value" | "header", bytes: Uint8Array | null, choice?: DecoderChoice) =>
    payloadAsJson({ bytes, isCut: false, topic, part: name, key: record.key, headers: record.headers }, choice);
  const headers = record.headers.map(({ key, value }) => `[${JSON.stringify(key)},${part("header", value)}]`);
  const fields: readonly [string, string][] = [
    ["topic", JSON.stringify(topic)],
    ["partition", String(partition)],
    ["offset", offset],
    ["timestamp", String(timestampMs)],
    ["timestampType", JSON.stringify(timestampType)],
    ["key", part("key", record.key, keyAs)],
    ["value", part("value", record.value, valueAs)],
    ["headers", `[${headers.join(",")}]`],
    ...(record.control ? [["control", JSON.stringify(record.control.type)] as [string, string]] : []),
  ];
  return `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`;
}

function payloadAsJson(payload: Parameters<typeof decode>[0], choice: DecoderChoice | undefined): string {
  const { form, text } = decode(payload, choice);
  switch (form) {
    case "null":
      return "null";
    case "json":
      // In one line, so that a line is a record: between tokens line breaks mean nothing, and inside strings there are none.
      return text.replaceAll(/[\r\n]+/g, " ");
    case "empty":
    case "text":
    case "xml":
      return JSON.stringify(text);
    case "bytes":
      return JSON.stringify({ base64: Buffer.from(payload.bytes ?? new Uint8Array()).toString("base64") });
  }
}
