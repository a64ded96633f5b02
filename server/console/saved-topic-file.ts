import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import * as z from "zod/mini";
import { topicName } from "../../lib/contracts/primitives.ts";
import type { ReadRecord } from "../client/read-records.ts";

/** The first line of a saved topic's file: what the topic was. */
export const savedHead = z.object({
  topic: topicName,
  partitions: z.int(),
  replicationFactor: z.int(),
  /** What was set on the topic itself. */
  configs: z.record(z.string(), z.string()),
});
export type SavedHead = z.infer<typeof savedHead>;

/** Bytes are base64; null is null. */
const bytes = z.nullable(z.string());

/** Each other line: a message. */
export const savedRecord = z.object({
  partition: z.int(),
  offset: z.number(),
  timestampMs: z.number(),
  /** How its batch was compressed; absent when it was not. */
  codec: z.optional(z.enum(["gzip", "snappy", "lz4", "zstd"])),
  key: bytes,
  value: bytes,
  headers: z.array(z.tuple([z.string(), bytes])),
});
export type SavedRecord = z.infer<typeof savedRecord>;

/** Where the file of a job is. */
export function savedFile(dataDirectory: string, job: number): string {
  return join(dataDirectory, "saved", `job-${job}.jsonl.gz`);
}

/** The first line. */
export function headLine(head: SavedHead): string {
  return `${JSON.stringify(head)}\n`;
}

/** The line of a message. */
export function recordLine(partition: number, { offset, timestampMs, key, value, headers, batch }: ReadRecord): string {
  const line: SavedRecord = {
    partition,
    offset,
    timestampMs,
    ...(batch.codec !== "none" && { codec: batch.codec }),
    key: base64(key),
    value: base64(value),
    headers: headers.map((header) => [header.key, base64(header.value)]),
  };
  return `${JSON.stringify(line)}\n`;
}

/** The lines of a file, unpacked as they are read. Throws what the file system and gzip say of a file that is gone or damaged. */
export async function* savedLines(path: string): AsyncGenerator<string> {
  // What goes wrong in either comes out of the loop.
  const unpacked = pipeline(createReadStream(path), createGunzip(), () => undefined);
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of unpacked) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

/** What the topic of a file was. Throws ZodError and SyntaxError for what is no such file. */
export async function readHead(path: string): Promise<SavedHead> {
  for await (const line of savedLines(path)) return savedHead.parse(JSON.parse(line));
  throw new SyntaxError("the file is empty");
}

/** Base64 read back. */
export function bytesOf(text: string | null): Uint8Array | null {
  return text === null ? null : Buffer.from(text, "base64");
}

function base64(value: Uint8Array | null): string | null {
  return value && Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
}
