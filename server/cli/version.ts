import { readFileSync } from "node:fs";

/** The version of this installation. */
export function installedVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const found: unknown = JSON.parse(text);
  if (typeof found === "object" && found !== null && "version" in found && typeof found.version === "string")
    return found.version;
  return "unknown";
}
