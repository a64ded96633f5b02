import { corruptBatch } from "../corrupt-batch.ts";
import { asBuffer, snappyAndLz4 } from "./wasm-codecs.ts";

/** xerial's stream header: 0x82 "SNAPPY" 0, version 1, compatible with 1 (snappy-java, what Kafka's Java clients write). */
const XERIAL_HEADER = Uint8Array.of(0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1);
const XERIAL_MAGIC_BYTES = 8;
/** snappy-java's default block size. */
const XERIAL_BLOCK_BYTES = 32 * 1024;

/** A raw snappy block whose every element was checked, so that the library cannot fail on it. */
type Block = { readonly start: number; readonly end: number; readonly contentBytes: number };

/** Writes xerial framing, because Java's consumer reads nothing else. */
export function snappyCompress(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [XERIAL_HEADER];
  for (let at = 0; at < bytes.length; at += XERIAL_BLOCK_BYTES) {
    const block = snappyAndLz4().snappyCompress(asBuffer(bytes.subarray(at, at + XERIAL_BLOCK_BYTES)));
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, block.length);
    parts.push(size, block);
  }
  return Buffer.concat(parts);
}

/** Reads xerial framing and raw snappy (librdkafka, Go clients). Throws WireError for broken bytes and for a content over `bytesMax`, before it is allocated. */
export function snappyDecompress(bytes: Uint8Array, bytesMax: number): Uint8Array {
  const blocks = hasXerialHeader(bytes, 0)
    ? xerialBlocks(bytes, bytesMax)
    : [checkBlock(bytes, 0, bytes.length, bytesMax)];
  const only = blocks[0];
  if (only === undefined) return new Uint8Array(0);
  if (blocks.length === 1) return decompressBlock(bytes, only);
  const contentBytes = blocks.reduce((sum, block) => sum + block.contentBytes, 0);
  const content = Buffer.allocUnsafe(contentBytes);
  let at = 0;
  for (const block of blocks) {
    content.set(decompressBlock(bytes, block), at);
    at += block.contentBytes;
  }
  return content;
}

function decompressBlock(bytes: Uint8Array, block: Block): Uint8Array {
  if (block.contentBytes === 0) return new Uint8Array(0);
  return snappyAndLz4().snappyDecompress(asBuffer(bytes.subarray(block.start, block.end)));
}

function hasXerialHeader(bytes: Uint8Array, at: number): boolean {
  if (bytes.length - at < XERIAL_HEADER.length) return false;
  for (let index = 0; index < XERIAL_MAGIC_BYTES; index++) {
    if (bytes[at + index] !== XERIAL_HEADER[index]) return false;
  }
  return true;
}

function xerialBlocks(bytes: Uint8Array, bytesMax: number): Block[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks: Block[] = [];
  let contentBytes = 0;
  let at = XERIAL_HEADER.length;
  while (at < bytes.length) {
    // Streams put one behind the other have a header where a block's size is expected.
    if (hasXerialHeader(bytes, at)) {
      at += XERIAL_HEADER.length;
      continue;
    }
    if (bytes.length - at < 4) corruptBatch("snappy: the stream ends inside a block's size", at);
    const size = view.getInt32(at);
    at += 4;
    if (size < 0 || size > bytes.length - at)
      corruptBatch(`snappy: a block of ${size} bytes does not fit its stream`, at);
    const block = checkBlock(bytes, at, at + size, bytesMax - contentBytes);
    contentBytes += block.contentBytes;
    blocks.push(block);
    at += size;
  }
  return blocks;
}

/**
 * Walks a raw block's elements without writing anything. The library reports broken input by a WebAssembly trap, which
 * leaks what it had allocated; and its output is allocated by the size that the block declares.
 */
function checkBlock(bytes: Uint8Array, start: number, end: number, bytesMax: number): Block {
  let at = start;
  let declared = 0;
  for (let shift = 0; ; shift += 7) {
    if (at >= end || shift > 28) corruptBatch("snappy: the size of the content is broken", at);
    const byte = bytes[at++] as number;
    declared += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  if (declared > bytesMax) corruptBatch(`snappy: ${declared} bytes of content are more than the limit`, start);
  let produced = 0;
  while (at < end) {
    const tag = bytes[at++] as number;
    const kind = tag & 3;
    let length = (tag >>> 2) + 1;
    if (kind === 0) {
      if (length > 60) {
        const sizeBytes = length - 60;
        if (at + sizeBytes > end) corruptBatch("snappy: the block is cut", at);
        length = readLittleEndian(bytes, at, sizeBytes) + 1;
        at += sizeBytes;
      }
      at += length;
    } else {
      const offsetBytes = kind === 3 ? 4 : kind;
      if (at + offsetBytes > end) corruptBatch("snappy: the block is cut", at);
      let offset = readLittleEndian(bytes, at, offsetBytes);
      at += offsetBytes;
      if (kind === 1) {
        length = ((tag >>> 2) & 7) + 4;
        offset += (tag >>> 5) * 256;
      }
      if (offset === 0 || offset > produced) corruptBatch("snappy: a copy begins before the content", at);
    }
    produced += length;
    if (produced > declared || at > end) corruptBatch("snappy: the content is longer than declared", at);
  }
  if (produced !== declared) corruptBatch(`snappy: ${produced} bytes of content where ${declared} are declared`, at);
  return { start, end, contentBytes: declared };
}

function readLittleEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = bytes[at] as number;
  if (count > 1) value += (bytes[at + 1] as number) * 0x100;
  if (count > 2) value += (bytes[at + 2] as number) * 0x10000;
  if (count > 3) value += (bytes[at + 3] as number) * 0x1000000;
  return value;
}
