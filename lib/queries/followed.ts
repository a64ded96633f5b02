import type { Query } from "@tanstack/react-query";

/** The channels of the tab's stream whose events make facts old (lib/contracts/stream.ts). */
export const factChannels = ["topics", "sampled", "jobs", "journal", "alerts"] as const;
export type FactChannel = (typeof factChannels)[number];

/** An event may be lost while the stream reconnects: then the facts are at most this old. */
const safetyMs = 30_000;

/** Options of a query that is read again when its channel tells of news. */
export function followed(channel: FactChannel) {
  return { meta: { channel }, staleTime: safetyMs, refetchInterval: safetyMs };
}

/** True for what news of a channel makes old. */
export function isFollowing(query: Pick<Query, "queryKey" | "meta">, cluster: string, channel: FactChannel): boolean {
  return query.queryKey[0] === cluster && query.meta?.channel === channel;
}
