import { corruptBatch } from "../corrupt-batch.ts";
import { asBuffer, snappyAndLz4 } from "./wasm-codecs.ts";

const MAGIC = 0x184d2204;
const MAGIC_BYTES = 4;
/** Offsets of a linked block reach at most this far back. */
const WINDOW_BYTES = 64 * 1024;
const BLOCK_IS_STORED = 0x8000_0000;
/** Header checksum (second byte of xxh32) of a descriptor without optional parts, by block size code 4 to 7. */
const INDEPENDENT_CHECKSUMS = [0x82, 0xfb, 0x51, 0x73];
const LINKED_CHECKSUMS = [0xc0, 0x77, 0x96, 0xdf];

type Frame = {
  readonly linked: boolean;
  /** 4 = 64 KiB, 5 = 256 KiB, 6 = 1 MiB, 7 = 4 MiB. */
  readonly blockSizeCode: number;
  readonly blocks: readonly FrameBlock[];
};
/** Position of the block's data, its size word in front. */
type FrameBlock = { readonly start: number; readonly end: number };

/** One LZ4 frame with independent blocks, which Java's KafkaLZ4BlockInputStream insists on. */
export function lz4Compress(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return writeFrame(bytes, { linked: false, blockSizeCode: 4, blocks: [] });
  return snappyAndLz4().lz4Compress(asBuffer(bytes));
}

/**
 * Reads an LZ4 frame of any client. Checksums inside it are not checked (the batch has its own), bytes behind its end
 * mark are ignored as Java does. Throws WireError for broken bytes and for a content over `bytesMax`, before it is allocated.
 */
export function lz4Decompress(bytes: Uint8Array, bytesMax: number): Uint8Array {
  const frame = checkFrame(bytes, bytesMax);
  if (frame.blocks.length === 0) return new Uint8Array(0);
  return snappyAndLz4().lz4Decompress(asBuffer(writeFrame(bytes, frame)));
}

/** The same blocks in a frame without optional parts. What the library gets can then no longer make it fail. */
function writeFrame(bytes: Uint8Array, frame: Frame): Uint8Array {
  const blocksBytes = frame.blocks.reduce((sum, block) => sum + block.end - block.start, 0);
  const out = Buffer.allocUnsafe(MAGIC_BYTES + 3 + blocksBytes + 4);
  out.writeUInt32LE(MAGIC, 0);
  out[4] = frame.linked ? 0x40 : 0x60;
  out[5] = frame.blockSizeCode << 4;
  out[6] = (frame.linked ? LINKED_CHECKSUMS : INDEPENDENT_CHECKSUMS)[frame.blockSizeCode - 4] as number;
  let at = 7;
  for (const block of frame.blocks) {
    out.set(bytes.subarray(block.start, block.end), at);
    at += block.end - block.start;
  }
  out.writeUInt32LE(0, at);
  return out;
}

function checkFrame(bytes: Uint8Array, bytesMax: number): Frame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 7 || view.getUint32(0, true) !== MAGIC) corruptBatch("lz4: no frame begins here");
  const flags = view.getUint8(4);
  const blockSizeCode = (view.getUint8(5) >>> 4) & 7;
  if (flags >>> 6 !== 1) corruptBatch("lz4: unknown frame version", 4);
  if ((flags & 1) !== 0) corruptBatch("lz4: frames with a dictionary are not supported", 4);
  if (blockSizeCode < 4) corruptBatch("lz4: unknown block size", 5);
  const linked = (flags & 0x20) === 0;
  const checksumBytes = (flags & 0x10) === 0 ? 0 : 4;
  const blockBytesMax = 1 << (2 * blockSizeCode + 8);
  const blocks: FrameBlock[] = [];
  let at = MAGIC_BYTES + 2 + ((flags & 0x08) === 0 ? 0 : 8) + 1;
  let contentBytes = 0;
  for (;;) {
    if (bytes.length - at < 4) corruptBatch("lz4: the frame has no end mark", at);
    const word = view.getUint32(at, true);
    if (word === 0) return { linked, blockSizeCode, blocks };
    const size = word & ~BLOCK_IS_STORED;
    const start = at + 4;
    const end = start + size;
    if (end + checksumBytes > bytes.length) corruptBatch(`lz4: a block of ${size} bytes does not fit its frame`, at);
    const history = linked ? Math.min(contentBytes, WINDOW_BYTES) : 0;
    const produced = word >= BLOCK_IS_STORED ? size : blockContentBytes(bytes, start, end, history);
    if (produced > blockBytesMax) corruptBatch("lz4: a block is larger than its frame declares", at);
    contentBytes += produced;
    if (contentBytes > bytesMax) corruptBatch("lz4: the content is more than the limit", at);
    if (produced > 0) blocks.push({ start: at, end });
    at = end + checksumBytes;
  }
}

/** Walks a block's sequences: the exact size of its content, or a WireError. The library answers broken blocks by a WebAssembly trap that leaks memory. */
function blockContentBytes(bytes: Uint8Array, start: number, end: number, history: number): number {
  let produced = 0;
  let at = start;
  while (at < end) {
    const token = bytes[at++] as number;
    let literals = token >>> 4;
    if (literals === 15) {
      let more: number;
      do {
        if (at >= end) corruptBatch("lz4: a block is cut", at);
        more = bytes[at++] as number;
        literals += more;
      } while (more === 255);
    }
    at += literals;
    produced += literals;
    if (at === end) return produced;
    if (at + 2 > end) corruptBatch("lz4: a block is cut", at);
    const offset = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    at += 2;
    if (offset === 0 || offset > produced + history) corruptBatch("lz4: a copy begins before the content", at);
    let copied = token & 15;
    if (copied === 15) {
      let more: number;
      do {
        if (at >= end) corruptBatch("lz4: a block is cut", at);
        more = bytes[at++] as number;
        copied += more;
      } while (more === 255);
    }
    produced += copied + 4;
  }
  return corruptBatch("lz4: a block does not end with literals", at);
}
