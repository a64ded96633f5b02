import { crc32c } from "../../wire/crc32c.ts";
import type { Offset } from "./log-config.ts";

const VERSION = 1;
const HEADER_BYTES = 10;
/** The CRC covers what follows it: version and CRC itself are outside. */
const CRC_POSITION = 2;
const CRC_START = 6;
const COUNT_POSITION = 6;
const ENTRY_BYTES = 46;

/** One producer in a `.snapshot` file: its last batch only. */
export type SnapshotEntry = {
  readonly producerId: number;
  readonly producerEpoch: number;
  /** -1 when the producer has written no batch in this epoch. */
  readonly lastSequence: number;
  readonly lastOffset: Offset;
  readonly offsetDelta: number;
  readonly timestampMs: number;
  readonly coordinatorEpoch: number;
  /** -1 without an open transaction. */
  readonly currentTransactionFirstOffset: Offset;
};

/** The bytes of a `<offset>.snapshot` file (Kafka's ProducerSnapshot, version 1). */
export function encodeProducerSnapshot(entries: readonly SnapshotEntry[]): Uint8Array {
  const bytes = Buffer.alloc(HEADER_BYTES + entries.length * ENTRY_BYTES);
  bytes.writeInt16BE(VERSION, 0);
  bytes.writeInt32BE(entries.length, COUNT_POSITION);
  let at = HEADER_BYTES;
  for (const entry of entries) {
    bytes.writeBigInt64BE(BigInt(entry.producerId), at);
    bytes.writeInt16BE(entry.producerEpoch, at + 8);
    bytes.writeInt32BE(entry.lastSequence, at + 10);
    bytes.writeBigInt64BE(BigInt(entry.lastOffset), at + 14);
    bytes.writeInt32BE(entry.offsetDelta, at + 22);
    bytes.writeBigInt64BE(BigInt(entry.timestampMs), at + 26);
    bytes.writeInt32BE(entry.coordinatorEpoch, at + 34);
    bytes.writeBigInt64BE(BigInt(entry.currentTransactionFirstOffset), at + 38);
    at += ENTRY_BYTES;
  }
  bytes.writeUInt32BE(crc32c(bytes, CRC_START), CRC_POSITION);
  return bytes;
}

/** Reads a `.snapshot` file; undefined when it is damaged or of another version, and then an older one, or the log, has to serve. */
export function decodeProducerSnapshot(file: Uint8Array): SnapshotEntry[] | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < HEADER_BYTES || bytes.readInt16BE(0) !== VERSION) return undefined;
  if (bytes.readUInt32BE(CRC_POSITION) !== crc32c(bytes, CRC_START)) return undefined;
  const count = bytes.readInt32BE(COUNT_POSITION);
  if (count < 0 || bytes.length !== HEADER_BYTES + count * ENTRY_BYTES) return undefined;
  return Array.from({ length: count }, (_, index) => decodeEntry(bytes, HEADER_BYTES + index * ENTRY_BYTES));
}

function decodeEntry(bytes: Buffer, at: number): SnapshotEntry {
  return {
    producerId: Number(bytes.readBigInt64BE(at)),
    producerEpoch: bytes.readInt16BE(at + 8),
    lastSequence: bytes.readInt32BE(at + 10),
    lastOffset: Number(bytes.readBigInt64BE(at + 14)),
    offsetDelta: bytes.readInt32BE(at + 22),
    timestampMs: Number(bytes.readBigInt64BE(at + 26)),
    coordinatorEpoch: bytes.readInt32BE(at + 34),
    currentTransactionFirstOffset: Number(bytes.readBigInt64BE(at + 38)),
  };
}
