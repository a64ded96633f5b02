import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

const CENTRAL_ENTRY = 0x02014b50;
const CENTRAL_END = 0x06054b50;
const STORED = 0;

/** The text of the entries of a jar (zip, without ZIP64) whose names `wanted` accepts, by name. */
export function readJar(path: string, wanted: (name: string) => boolean): ReadonlyMap<string, string> {
  const bytes = readFileSync(path);
  let end = bytes.length - 22;
  while (end > 0 && bytes.readUInt32LE(end) !== CENTRAL_END) end -= 1;

  const entries = new Map<string, string>();
  let at = bytes.readUInt32LE(end + 16);
  while (bytes.readUInt32LE(at) === CENTRAL_ENTRY) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    if (wanted(name)) entries.set(name, entryText(bytes, at));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function entryText(bytes: Buffer, central: number): string {
  const method = bytes.readUInt16LE(central + 10);
  const packedSize = bytes.readUInt32LE(central + 20);
  const local = bytes.readUInt32LE(central + 42);
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const packed = bytes.subarray(start, start + packedSize);
  return (method === STORED ? packed : inflateRawSync(packed)).toString("utf8");
}
