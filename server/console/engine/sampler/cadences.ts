import type { SeenCommit } from "../../../client/group-log.ts";

/** Partitions of groups whose commits are remembered; further ones are told by the sweeps alone. */
const PLACES_MAX = 100_000;
/** What was counted longer ago says nothing of now. */
const FORGOTTEN_MS = 120_000;

/** What is remembered of the commits of one partition of a group. */
type Cadence = {
  lastAtMs: number;
  offset: number;
  everyMs: number | null;
  commits: number;
  records: number;
  sinceMs: number;
};

/** How often offsets are committed, and how many records at a time. */
export class Cadences {
  private readonly places = new Map<string, Cadence>();

  take({ groupId, topic, partition, offset, atMs }: SeenCommit): void {
    const key = `${groupId}\n${topic}/${partition}`;
    const own = this.places.get(key);
    if (offset === null) this.places.delete(key);
    else if (own === undefined) {
      if (this.places.size < PLACES_MAX)
        this.places.set(key, { lastAtMs: atMs, offset, everyMs: null, commits: 0, records: 0, sinceMs: atMs });
    } else {
      const gapMs = Math.max(0, atMs - own.lastAtMs);
      own.everyMs = own.everyMs === null ? gapMs : own.everyMs * 0.8 + gapMs * 0.2;
      if (atMs - own.sinceMs > FORGOTTEN_MS) Object.assign(own, { commits: 0, records: 0, sinceMs: own.lastAtMs });
      own.commits += 1;
      own.records += Math.max(0, offset - own.offset);
      own.lastAtMs = Math.max(own.lastAtMs, atMs);
      own.offset = offset;
    }
  }

  of(groupId: string, partition: string): { readonly lastAtMs: number; readonly everyMs: number | null } | undefined {
    return this.places.get(`${groupId}\n${partition}`);
  }

  /** Commits and records of a group's partitions in their last minutes. */
  totals(groupId: string, partitions: Iterable<string>): { readonly commits: number; readonly records: number } {
    let commits = 0;
    let records = 0;
    for (const partition of partitions) {
      const own = this.places.get(`${groupId}\n${partition}`);
      commits += own?.commits ?? 0;
      records += own?.records ?? 0;
    }
    return { commits, records };
  }
}
