import { constants, gunzipSync, gzipSync } from "node:zlib";
import { corruptBatch } from "../corrupt-batch.ts";

/** Output is collected in pieces of this size; a record batch is usually some tens of kilobytes. */
const CHUNK_BYTES = 64 * 1024;

/** gzip (RFC 1952); levels 1 to 9 and -1 (zlib's default, 6), as `compression.gzip.level`. */
export function gzipCompress(bytes: Uint8Array, level = constants.Z_DEFAULT_COMPRESSION): Uint8Array {
  return gzipSync(bytes, { level });
}

/** Throws WireError when the stream is broken or cut, or its content is over `bytesMax`; stops inflating there. */
export function gzipDecompress(bytes: Uint8Array, bytesMax: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: Math.max(1, bytesMax), chunkSize: CHUNK_BYTES });
  } catch (error) {
    return corruptBatch(`gzip: ${error instanceof Error ? error.message : String(error)}`);
  }
}
