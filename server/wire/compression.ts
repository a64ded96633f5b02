import { gzipCompress, gzipDecompress } from "./codecs/gzip.ts";
import { lz4Compress, lz4Decompress } from "./codecs/lz4.ts";
import { snappyCompress, snappyDecompress } from "./codecs/snappy.ts";
import { loadWasmCodecs } from "./codecs/wasm-codecs.ts";
import { zstdCompress, zstdDecompress } from "./codecs/zstd.ts";

/** Kafka's names of the codecs, at their number in bits 0 to 2 of a batch's attributes. */
export const CODECS = ["none", "gzip", "snappy", "lz4", "zstd"] as const;
/** A codec by Kafka's name (`compression.type`). */
export type Codec = (typeof CODECS)[number];

/** What a batch may decompress to when the caller sets no bound: more than `socket.request.max.bytes`, far less than a thread's memory. */
export const DECOMPRESSED_BYTES_MAX = 128 * 1024 * 1024;

/** Makes `compress` and `decompress` ready in this thread (WebAssembly, some tens of milliseconds). Await it once at start; again is free. */
export async function loadCompression(): Promise<void> {
  await loadWasmCodecs();
}

/** Compresses the records of a batch in the framing Kafka's clients expect. `level` is `compression.gzip.level` or `compression.zstd.level`; the others have none. */
export function compress(codec: Codec, bytes: Uint8Array, level?: number): Uint8Array {
  switch (codec) {
    case "none":
      return bytes;
    case "gzip":
      return gzipCompress(bytes, level);
    case "snappy":
      return snappyCompress(bytes);
    case "lz4":
      return lz4Compress(bytes);
    case "zstd":
      return zstdCompress(bytes, level);
  }
}

/**
 * Decompresses the records of a batch as any client may have written them. The answer is the caller's own, but for "none",
 * where it is the input. Throws WireError for broken input and for content over `bytesMax`, of which never more is allocated.
 */
export function decompress(codec: Codec, bytes: Uint8Array, bytesMax = DECOMPRESSED_BYTES_MAX): Uint8Array {
  switch (codec) {
    case "none":
      return bytes;
    case "gzip":
      return gzipDecompress(bytes, bytesMax);
    case "snappy":
      return snappyDecompress(bytes, bytesMax);
    case "lz4":
      return lz4Decompress(bytes, bytesMax);
    case "zstd":
      return zstdDecompress(bytes, bytesMax);
  }
}
