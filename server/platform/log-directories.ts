import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The name of a broker's log directory in a data directory: `broker-1`, and for further ones `broker-1-2`, `broker-1-3` …; `index` counts from 0. */
export function logDirectoryName(nodeId: number, index: number): string {
  return index === 0 ? `broker-${nodeId}` : `broker-${nodeId}-${index + 1}`;
}

/**
 * The log directories of a broker: the first one, which is made at its first start, and all further ones that are there, which may be links to other disks. A link
 * that leads nowhere is one of them: its disk failed, and what was on it must not be begun anew elsewhere.
 */
export function logDirectories(dataDirectory: string, nodeId: number): readonly string[] {
  const first = logDirectoryName(nodeId, 0);
  const numbers = namesIn(dataDirectory).flatMap((name) => {
    const digits = name.startsWith(`${first}-`) ? name.slice(first.length + 1) : "";
    return /^[1-9]\d*$/.test(digits) && Number(digits) > 1 ? [Number(digits)] : [];
  });
  const further = numbers.toSorted((one, other) => one - other).map((number) => logDirectoryName(nodeId, number - 1));
  return [first, ...further].map((name) => join(dataDirectory, name));
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
