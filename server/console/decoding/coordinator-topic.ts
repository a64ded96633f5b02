import {
  type CoordinatorTopic,
  type InternalRecord,
  readCoordinatorKey,
  readCoordinatorValue,
} from "../../client/internal-records.ts";
import type { Decoded, Decoder, Payload, Refusal } from "./decoder.ts";
import { exactJson } from "./exact-json.ts";

/** How a topic's records are told in one line; undefined for a type that has no words of its own. */
export type InWords = (record: InternalRecord, part: "key" | "value") => string | undefined;

/** Makes the decoder of a topic that a coordinator of Kafka's writes. */
export function coordinatorTopic(
  decoder: { readonly name: Decoder["name"]; readonly topic: string; readonly inWords: InWords },
  log: CoordinatorTopic,
): Decoder {
  return {
    name: decoder.name,
    decode: (payload) => {
      if (payload.part === "header") return { reason: "Kafka writes no headers there" };
      const record = readPart(log, payload);
      return typeof record === "string"
        ? { reason: record }
        : describe(record, decoder.inWords(record, payload.part) ?? listFields(record));
    },
    unlikely: ({ topic, part }) => (topic === decoder.topic && part !== "header" ? undefined : ""),
  };
}

function readPart(log: CoordinatorTopic, { part, key, bytes }: Payload): InternalRecord | string {
  if (part === "key") return readCoordinatorKey(log, bytes);
  return key === null ? "the record has no key that names its type" : readCoordinatorValue(log, key, bytes);
}

/** A record of Kafka's own as JSON, its type first, and in words. */
export function describe({ type, version, fields }: InternalRecord, words: string): Decoded | Refusal {
  return { form: "json", text: exactJson({ type, version, ...fields }), words };
}

/** The fields that are no lists, for a record that has no words of its own. */
export function listFields({ type, fields }: InternalRecord): string {
  const told = Object.entries(fields).flatMap(([name, value]) => {
    const isPlain = typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
    if (!isPlain && (typeof value !== "string" || value === "")) return [];
    return [`${name} ${value}`];
  });
  return [type, ...told].join(" · ");
}
