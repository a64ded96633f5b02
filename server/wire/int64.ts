const TWO_TO_32 = 4_294_967_296;

/** The int64 of two int32 halves as a number, saturated at ±(2^53 - 1). Doubles, because a BigInt is an allocation. */
export function int64(high: number, low: number): number {
  if (high >= 0x200000) return Number.MAX_SAFE_INTEGER;
  if (high < -0x200000) return Number.MIN_SAFE_INTEGER;
  const value = high * TWO_TO_32 + (low >>> 0);
  return value < Number.MIN_SAFE_INTEGER ? Number.MIN_SAFE_INTEGER : value;
}

/** Writes a safe integer as an int64. */
export function putInt64(bytes: Uint8Array, position: number, value: number): void {
  const high = Math.floor(value / TWO_TO_32);
  const low = (value - high * TWO_TO_32) | 0;
  bytes[position] = high >> 24;
  bytes[position + 1] = high >> 16;
  bytes[position + 2] = high >> 8;
  bytes[position + 3] = high;
  bytes[position + 4] = low >> 24;
  bytes[position + 5] = low >> 16;
  bytes[position + 6] = low >> 8;
  bytes[position + 7] = low;
}
