/** One measurement: a time in whole seconds since 1970, and a whole number. */
export type Point = { readonly at: number; readonly value: number };

/**
 * Packs points of growing time: each as the difference to the point before it, both as varints, so that a value that stands still for another
 * ten seconds takes two bytes. The first is packed against `start` and 0.
 */
export function packPoints(points: readonly Point[], start: number): Uint8Array {
  const bytes: number[] = [];
  let at = start;
  let value = 0;
  for (const point of points) {
    writeVarint(bytes, point.at - at);
    writeVarint(bytes, zigzag(point.value - value));
    ({ at, value } = point);
  }
  return Uint8Array.from(bytes);
}

/** Unpacks what `packPoints` packed. Bytes that break off in the middle of a point end the points. */
export function unpackPoints(bytes: Uint8Array, start: number): Point[] {
  const points: Point[] = [];
  const reader = { bytes, position: 0 };
  let at = start;
  let value = 0;
  while (reader.position < bytes.length) {
    const step = readVarint(reader);
    const change = readVarint(reader);
    if (step === undefined || change === undefined) break;
    at += step;
    value += unzigzag(change);
    points.push({ at, value });
  }
  return points;
}

/** Small negative numbers become small positive ones: 0, -1, 1, -2 are 0, 1, 2, 3. By arithmetic: numbers here pass 2^32. */
function zigzag(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function writeVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function readVarint(reader: { readonly bytes: Uint8Array; position: number }): number | undefined {
  let value = 0;
  let factor = 1;
  while (reader.position < reader.bytes.length) {
    const byte = reader.bytes[reader.position] ?? 0;
    reader.position += 1;
    value += (byte % 128) * factor;
    if (byte < 128) return value;
    factor *= 128;
  }
  return undefined;
}
