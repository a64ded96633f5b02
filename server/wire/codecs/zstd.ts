import { corruptBatch } from "../corrupt-batch.ts";
import { zstd } from "./wasm-codecs.ts";

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a5;
/** A block never regenerates more than this (RFC 8878, section 3.1.1.2.4). */
const BLOCK_CONTENT_BYTES_MAX = 128 * 1024;
const BLOCK_RAW = 0;
const BLOCK_RLE = 1;
const BLOCK_COMPRESSED = 2;

/** zstd; levels as `compression.zstd.level`, 3 by default. */
export function zstdCompress(bytes: Uint8Array, level = 3): Uint8Array {
  return zstd().compress(bytes, level);
}

/**
 * Reads one or more zstd frames, with or without their content's size (librdkafka and zstd-jni leave it out).
 * Throws WireError for broken bytes and for a content over `bytesMax`; never allocates more than that.
 */
export function zstdDecompress(bytes: Uint8Array, bytesMax: number): Uint8Array {
  const content = contentBytesBound(bytes);
  if (content.exact && content.bytes > bytesMax)
    corruptBatch(`zstd: ${content.bytes} bytes of content are more than the limit`);
  if (content.bytes === 0) return new Uint8Array(0);
  try {
    return zstd().decompress(bytes, Math.min(content.bytes, bytesMax));
  } catch {
    return corruptBatch("zstd: the frame is broken, or its content is more than the limit");
  }
}

/** What the frames regenerate at most; exact when every frame says its size. */
type ContentBound = { bytes: number; exact: boolean };

function contentBytesBound(bytes: Uint8Array): ContentBound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const content: ContentBound = { bytes: 0, exact: true };
  let at = 0;
  while (at < bytes.length) {
    if (bytes.length - at < 8) corruptBatch("zstd: the stream is cut", at);
    const magic = view.getUint32(at, true);
    if (magic >>> 4 === SKIPPABLE_MAGIC) {
      at += 8 + view.getUint32(at + 4, true);
      continue;
    }
    if (magic !== MAGIC) corruptBatch("zstd: no frame begins here", at);
    at = addFrame(view, at + 4, content);
  }
  if (at > bytes.length) corruptBatch("zstd: the stream is cut", bytes.length);
  return content;
}

/** Walks a frame from its descriptor on and adds its content; answers the position after it. */
function addFrame(view: DataView, start: number, content: ContentBound): number {
  const descriptor = view.getUint8(start);
  const singleSegment = (descriptor & 0x20) !== 0;
  const dictionaryIdBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0;
  const sizeAt = start + 1 + (singleSegment ? 0 : 1) + dictionaryIdBytes;
  let at = sizeAt + sizeBytes;
  if (at > view.byteLength) corruptBatch("zstd: the stream is cut", start);
  const declared = readContentSize(view, sizeAt, sizeBytes);
  let regenerated = 0;
  for (let isLast = false; !isLast;) {
    if (view.byteLength - at < 3) corruptBatch("zstd: the stream is cut", at);
    const header = view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16);
    isLast = (header & 1) !== 0;
    const kind = (header >>> 1) & 3;
    const size = header >>> 3;
    if (kind > BLOCK_COMPRESSED) corruptBatch("zstd: unknown kind of block", at);
    if (kind !== BLOCK_COMPRESSED && size > BLOCK_CONTENT_BYTES_MAX) corruptBatch("zstd: a block is too large", at);
    regenerated += kind === BLOCK_RAW || kind === BLOCK_RLE ? size : BLOCK_CONTENT_BYTES_MAX;
    at += 3 + (kind === BLOCK_RLE ? 1 : size);
    if (at > view.byteLength) corruptBatch("zstd: the stream is cut", at);
  }
  if (declared !== undefined && declared > regenerated)
    corruptBatch("zstd: the declared size of the content cannot be", start);
  if (declared === undefined) content.exact = false;
  content.bytes += declared ?? regenerated;
  return at + ((descriptor & 4) === 0 ? 0 : 4);
}

function readContentSize(view: DataView, at: number, sizeBytes: number): number | undefined {
  switch (sizeBytes) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, true) + 256;
    case 4:
      return view.getUint32(at, true);
    case 8:
      return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
    default:
      return undefined;
  }
}
