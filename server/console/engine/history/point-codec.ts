/** One measurement: a time in whole seconds since 1970, and a whole number. */
export type Point = { readonly at: number; readonly value: number };

/**
 * Packs points of growing time: each as its change to the point before it, a varint, so that most take a byte or two. A step of time is written
 * only where it is another than before, and points that go on with the same step and change only as how many there are.
 * An even number is twice a change (zigzag); 1 is followed by a new step; another odd number is one more than twice the points that go on.
 * The first point is packed against `start` and 0.
 */
export function packPoints(points: readonly Point[], start: number): Uint8Array {
  const bytes: number[] = [];
  let [at, value, step, change, repeats] = [start, 0, 0, 0, 0];
  const endRepeats = () => {
    if (repeats > 0) writeVarint(bytes, repeats * 2 + 1);
    repeats = 0;
  };
  for (const point of points) {
    const isSame = point.at - at === step && point.value - value === change;
    if (isSame) repeats += 1;
    else {
      endRepeats();
      if (point.at - at !== step) {
        bytes.push(NEW_STEP);
        writeVarint(bytes, point.at - at);
      }
      writeVarint(bytes, zigzag(point.value - value) * 2);
    }
    step = point.at - at;
    change = point.value - value;
    ({ at, value } = point);
  }
  endRepeats();
  return Uint8Array.from(bytes);
}

const NEW_STEP = 1;

/** Unpacks what `packPoints` packed. Bytes that break off in the middle of a point end the points. */
export function unpackPoints(bytes: Uint8Array, start: number): Point[] {
  const points: Point[] = [];
  const reader = { bytes, position: 0 };
  let [at, value, step, change] = [start, 0, 0, 0];
  while (reader.position < bytes.length) {
    const token = readVarint(reader);
    if (token === undefined) break;
    if (token === NEW_STEP) {
      const next = readVarint(reader);
      if (next === undefined) break;
      step = next;
      continue;
    }
    const isChange = token % 2 === 0;
    if (isChange) change = unzigzag(token / 2);
    for (let count = isChange ? 1 : (token - 1) / 2; count > 0; count -= 1)
      points.push({ at: (at += step), value: (value += change) });
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
