// Zig-zag varints of record fields (KIP-98). The unsigned ones of the protocol's compact types are the writer's own.
// Reading is in record-cursor.ts, where the bounds of the record are at hand.

/** Bytes that `writeVarint` needs for a 32 bit number. */
export function varintBytes(value: number): number {
  const zigzag = ((value << 1) ^ (value >> 31)) >>> 0;
  if (zigzag < 0x80) return 1;
  if (zigzag < 0x4000) return 2;
  if (zigzag < 0x20_0000) return 3;
  return zigzag < 0x1000_0000 ? 4 : 5;
}

/** Writes a 32 bit number at `position`; answers the position after it. */
export function writeVarint(into: Uint8Array, position: number, value: number): number {
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  let at = position;
  while (rest >= 0x80) {
    into[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  into[at++] = rest;
  return at;
}

/** Bytes that `writeVarlong` needs; exact for whole numbers to ±2^53. */
export function varlongBytes(value: number): number {
  let rest = Math.floor(magnitudeOf(value) / 64);
  let count = 1;
  for (; rest > 0; count++) rest = Math.floor(rest / 128);
  return count;
}

/** Writes a 64 bit number at `position`; answers the position after it. */
export function writeVarlong(into: Uint8Array, position: number, value: number): number {
  const magnitude = magnitudeOf(value);
  let rest = Math.floor(magnitude / 64);
  let at = position;
  into[at++] = ((magnitude % 64) << 1) | (value < 0 ? 1 : 0) | (rest > 0 ? 0x80 : 0);
  while (rest > 0) {
    const next = Math.floor(rest / 128);
    into[at++] = (rest - next * 128) | (next > 0 ? 0x80 : 0);
    rest = next;
  }
  return at;
}

/** What zig-zag keeps above its lowest bit, which is the sign. */
function magnitudeOf(value: number): number {
  return value < 0 ? -value - 1 : value;
}
