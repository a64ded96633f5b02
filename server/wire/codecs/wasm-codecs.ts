import assert from "node:assert/strict";

/** The calls used of @platformatic/wasm-utils. */
export type SnappyAndLz4 = {
  lz4Compress(bytes: Buffer): Uint8Array;
  lz4Decompress(bytes: Buffer): Uint8Array;
  snappyCompress(bytes: Buffer): Uint8Array;
  snappyDecompress(bytes: Buffer): Uint8Array;
};

/** The calls used of @foxglove/wasm-zstd. */
export type Zstd = {
  compress(bytes: Uint8Array, level?: number): Uint8Array;
  decompress(bytes: Uint8Array, outputBytes: number): Uint8Array;
};

type Loaded = { readonly snappyAndLz4: SnappyAndLz4; readonly zstd: Zstd };

let loaded: Loaded | undefined;
let loading: Promise<Loaded> | undefined;

/** Instantiates the WebAssembly codecs (some tens of milliseconds, once a thread). May be called again: later calls cost nothing. */
export async function loadWasmCodecs(): Promise<void> {
  loading ??= load();
  loaded = await loading;
}

/** snappy and lz4; `loadWasmCodecs` must have settled. */
export function snappyAndLz4(): SnappyAndLz4 {
  assert(loaded !== undefined, "loadCompression() settles before the first batch is compressed or decompressed");
  return loaded.snappyAndLz4;
}

/** zstd; `loadWasmCodecs` must have settled. */
export function zstd(): Zstd {
  assert(loaded !== undefined, "loadCompression() settles before the first batch is compressed or decompressed");
  return loaded.zstd;
}

/** A Buffer over the same memory: the libraries' types ask for one. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

async function load(): Promise<Loaded> {
  // The "bundled" entry carries its module in its source, so that esbuild can put it into dist/ without a file beside it.
  const [utils, zstdModule] = await Promise.all([
    import("@platformatic/wasm-utils/bundled"),
    import("@foxglove/wasm-zstd"),
  ]);
  await zstdModule.default.isLoaded;
  return { snappyAndLz4: utils, zstd: zstdModule.default };
}
