import type { ReadRecord } from "../../../client/read-records.ts";
import type { Cluster } from "../../cluster.ts";
import { type LandingPlace, readLandings } from "../../landings.ts";
import { settle } from "../../settled.ts";
import { type ClusterSnapshot, partitionKey } from "./snapshot.ts";

/** Records looked up in one sweep; more partitions with new lag than these tell a lower bound until the next sweeps. */
const LOOKED_UP_MAX = 1_000;
/** A record that claims to be newer than now by more than this was written by a clock that is wrong. */
const CLOCK_AHEAD_MS = 60_000;
/** Before this no record was written: seconds taken for milliseconds, or none at all. Kafka's first release is of 2011. */
const EARLIEST_MS = Date.UTC(2011, 0, 1);

/** How old what a group reads next is. */
export type LagTime = {
  readonly ms: number;
  /** Some partitions were not looked up, or have no time that can be believed: it may be more. */
  readonly isAtLeast: boolean;
};

/** Why the age of a record is not told. */
export type AgeFault = "no-timestamp" | "absurd-timestamp" | "future-timestamp";

/** Age of a record now; 0 for one of this moment. */
export function ageOf(timestampMs: number, nowMs: number): number | AgeFault {
  if (timestampMs < 0) return "no-timestamp";
  if (timestampMs < EARLIEST_MS) return "absurd-timestamp";
  if (timestampMs > nowMs + CLOCK_AHEAD_MS) return "future-timestamp";
  return Math.max(0, nowMs - timestampMs);
}

const none: ReadonlyMap<string, number> = new Map();

type Wanted = LandingPlace & { readonly groupId: string; readonly lag: number };

/** Remembers the timestamps of the records that groups read next, so that a partition that stands still costs nothing. */
export class LagTimes {
  /** By place; null when there is no record before the end. */
  private timestamps = new Map<string, number | null>();
  private byGroup = new Map<string, LagTime>();
  private byPartition: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map();

  /** Looks up what is new in a sweep, the partitions furthest behind of every group first. */
  async tell(cluster: Cluster, snapshot: ClusterSnapshot): Promise<void> {
    const wanted = wantedOf(snapshot);
    const kept = new Map<string, number | null>();
    const open: Wanted[] = [];
    for (const place of wanted) {
      const known = this.timestamps.get(keyOf(place));
      if (known === undefined) open.push(place);
      else kept.set(keyOf(place), known);
    }
    this.timestamps = kept;
    await this.lookUp(cluster, inTurns(open).slice(0, LOOKED_UP_MAX));
    this.byGroup = this.sumUp(wanted, snapshot);
    this.byPartition = this.agesByPartition(wanted, snapshot.readAtMs);
  }

  /** Age of what a group reads next, of its oldest partition; undefined when nothing is known. */
  ofGroup(groupId: string): LagTime | undefined {
    return this.byGroup.get(groupId);
  }

  /** Milliseconds by partition that has lag, of those whose age is known. */
  ofPartitions(groupId: string): ReadonlyMap<string, number> {
    return this.byPartition.get(groupId) ?? none;
  }

  /** Timestamp at a place, as far as it was looked up; null when there is no record before the end. */
  known(place: LandingPlace): number | null | undefined {
    return this.timestamps.get(keyOf(place));
  }

  /** Looks places up now; those of the last sweep are not asked for again. */
  async ofPlaces(cluster: Cluster, places: readonly LandingPlace[]): Promise<void> {
    await this.lookUp(cluster, places.filter((place) => !this.timestamps.has(keyOf(place))).slice(0, LOOKED_UP_MAX));
  }

  private async lookUp(cluster: Cluster, places: readonly LandingPlace[]): Promise<void> {
    for (const round of inRounds(places)) {
      const { value } = await settle(readLandings(cluster, round), { title: "Records could not be read" });
      for (const place of round) {
        const found = value?.get(partitionKey(place.topic, place.partition));
        if (found !== undefined) this.timestamps.set(keyOf(place), timestampOf(found));
      }
    }
  }

  private agesByPartition(wanted: readonly Wanted[], nowMs: number): Map<string, Map<string, number>> {
    const found = new Map<string, Map<string, number>>();
    for (const place of wanted) {
      const age = this.ageAt(place, nowMs);
      if (typeof age !== "number") continue;
      const own = found.get(place.groupId) ?? new Map<string, number>();
      found.set(place.groupId, own.set(partitionKey(place.topic, place.partition), age));
    }
    return found;
  }

  /** Age of the record at a place; 0 where there is none before the end, undefined where it was not looked up. */
  private ageAt(place: LandingPlace, nowMs: number): number | AgeFault | undefined {
    const timestampMs = this.timestamps.get(keyOf(place));
    if (timestampMs === null) return 0;
    return timestampMs === undefined ? undefined : ageOf(timestampMs, nowMs);
  }

  private sumUp(wanted: readonly Wanted[], { groups, readAtMs }: ClusterSnapshot): Map<string, LagTime> {
    const found = new Map<string, LagTime>();
    for (const { groupId, offsets, lagMessages } of groups?.value.values() ?? [])
      if (lagMessages === 0 && offsets?.length !== 0) found.set(groupId, { ms: 0, isAtLeast: false });
    const open = new Set<string>();
    for (const place of wanted) {
      const age = this.ageAt(place, readAtMs);
      if (typeof age !== "number") open.add(place.groupId);
      else if (age >= (found.get(place.groupId)?.ms ?? 0)) found.set(place.groupId, { ms: age, isAtLeast: false });
    }
    for (const groupId of open) {
      const own = found.get(groupId);
      if (own) found.set(groupId, { ...own, isAtLeast: true });
    }
    return found;
  }
}

function timestampOf(record: ReadRecord | null): number | null {
  return record && record.timestampMs;
}

function keyOf({ topic, partition, offset }: LandingPlace): string {
  return `${partitionKey(topic, partition)}@${offset}`;
}

/** Where groups read next, of partitions that have something to read there. */
function wantedOf({ groups, offsets }: ClusterSnapshot): Wanted[] {
  const wanted: Wanted[] = [];
  for (const { groupId, offsets: committed, lagOf } of groups?.value.values() ?? [])
    for (const { topic, partition, offset } of committed ?? []) {
      const lag = lagOf.get(partitionKey(topic, partition)) ?? 0;
      const bounds = offsets?.value.get(topic)?.get(partition);
      // What retention has deleted is not read: the group goes on at the start.
      if (lag > 0 && bounds) wanted.push({ groupId, topic, partition, offset: Math.max(offset, bounds.start), lag });
    }
  return wanted;
}

/** The partition furthest behind of each group, then the second of each, and so on. */
function inTurns(wanted: readonly Wanted[]): Wanted[] {
  const turns = new Map<string, number>();
  return wanted
    .toSorted((a, b) => b.lag - a.lag)
    .map((place) => {
      const turn = turns.get(place.groupId) ?? 0;
      turns.set(place.groupId, turn + 1);
      return { place, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ place }) => place);
}

/** One request asks a partition for one offset: groups at different offsets of one partition are asked for one after another. */
function inRounds(places: readonly LandingPlace[]): LandingPlace[][] {
  const rounds: Map<string, LandingPlace>[] = [];
  const seen = new Set<string>();
  for (const place of places) {
    if (seen.has(keyOf(place))) continue;
    seen.add(keyOf(place));
    const partition = partitionKey(place.topic, place.partition);
    const round = rounds.find((own) => !own.has(partition));
    if (round) round.set(partition, place);
    else rounds.push(new Map([[partition, place]]));
  }
  return rounds.map((round) => [...round.values()]);
}
