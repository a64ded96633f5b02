import { formatBytes, formatRetention } from "@/lib/format";

const largestLong = "9223372036854775807";

/** What a setting's raw value means to a person: "604800000" of retention.ms is "7 d". Undefined where the value says it itself. */
export function configMeaning(name: string, value: string): string | undefined {
  if (!/^-?\d+$/.test(value)) return undefined;
  if (value === largestLong)
    return name.endsWith(".ms") || name.endsWith(".bytes") || name === "flush.messages" ? "no limit" : undefined;
  const number = Number(value);
  if (name.endsWith(".ms")) {
    if (number < 0) return name === "retention.ms" ? "forever" : undefined;
    return number >= 1_000 ? formatRetention(number) : undefined;
  }
  if (name.endsWith(".bytes")) {
    if (number < 0) return name === "retention.bytes" ? "no limit" : undefined;
    return number >= 1_000 ? formatBytes(number) : undefined;
  }
  return undefined;
}
