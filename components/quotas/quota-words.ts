import type { QuotaEntityInput, QuotaKey } from "@/lib/contracts/operations";
import { formatBytes, formatRate } from "@/lib/format";

/** What each quota is called, what it limits, and in which unit people write it. */
export const quotaWords: Readonly<
  Record<QuotaKey, { readonly label: string; readonly unit: string; readonly help: string; readonly factor: number }>
> = {
  producer_byte_rate: { label: "Produce", unit: "MB/s", help: "On each broker.", factor: 1_000_000 },
  consumer_byte_rate: { label: "Fetch", unit: "MB/s", help: "On each broker.", factor: 1_000_000 },
  request_percentage: { label: "Request time", unit: "%", help: "Of one thread, on each broker.", factor: 1 },
  controller_mutation_rate: {
    label: "Topic changes",
    unit: "partitions/s",
    help: "Made, grown and deleted.",
    factor: 1,
  },
  connection_creation_rate: { label: "New connections", unit: "/s", help: "On each broker.", factor: 1 },
};

/** Quotas that an entity can have: an address only limits connections, and nothing else does. */
export function keysFor(entity: QuotaEntityInput): readonly QuotaKey[] {
  return entity.ip === undefined
    ? ["producer_byte_rate", "consumer_byte_rate", "request_percentage", "controller_mutation_rate"]
    : ["connection_creation_rate"];
}

/** Whether it is a quota, or none. A number that is too large to be one would go over the border as none. */
export function isQuota(text: string): boolean {
  return text.trim() === "" || (Number(text) > 0 && Number(text) < Infinity);
}

/** A quota's value with its unit: "1.05 MB/s". */
export function quotaText(key: QuotaKey, value: number): string {
  if (quotaWords[key].factor > 1) return `${formatBytes(value)}/s`;
  if (key === "request_percentage") return `${value}%`;
  return `${formatRate(value)}${key === "connection_creation_rate" ? "/s" : " partitions/s"}`;
}

/** Whom a quota is for, one part of it: "alice", "the default". */
export function entityText(name: string | null | undefined): string {
  return name === undefined ? "any" : (name ?? "default");
}
