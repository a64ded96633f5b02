import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The cluster id of a data directory: that of the controller's meta.properties (KIP-78, KIP-631), or a new one in Kafka's text form,
 * which the controller and brokers then write into theirs.
 */
export function clusterIdentity(dataDirectory: string): string {
  return readClusterId(join(dataDirectory, "controller", "meta.properties")) ?? newClusterId();
}

function readClusterId(file: string): string | undefined {
  try {
    return /^cluster\.id=(\S+)$/m.exec(readFileSync(file, "utf8"))?.[1];
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** 16 random bytes as Kafka's Uuid prints them; one that begins with "-" would be taken for a flag by its tools (KIP-516). */
function newClusterId(): string {
  for (;;) {
    const bytes = randomBytes(16);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const text = bytes.toString("base64url");
    if (!text.startsWith("-")) return text;
  }
}
