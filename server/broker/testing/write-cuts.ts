import { BATCH_HEADER_BYTES } from "../../wire/record-batch.ts";

/** Where a write may be cut as its process dies, in words, and the bytes of it that still happen. */
export const WRITE_CUTS: readonly (readonly [where: string, cut: (sizeBytes: number) => number])[] = [
  ["before its first byte", () => 0],
  ["after its first byte", () => 1],
  ["behind a batch's header", (sizeBytes) => Math.min(BATCH_HEADER_BYTES, sizeBytes)],
  ["in its middle", (sizeBytes) => Math.floor(sizeBytes / 2)],
  ["before its last byte", (sizeBytes) => sizeBytes - 1],
  ["behind its last byte", (sizeBytes) => sizeBytes],
];
