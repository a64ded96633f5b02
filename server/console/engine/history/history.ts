import { setImmediate as nextTurn } from "node:timers/promises";
import type { SeriesKey } from "../../../../lib/contracts/history.ts";
import type { Store } from "../store/store.ts";
import { type Grid, gridOf, ratesOn, valuesOn } from "./grid.ts";
import { packPoints, type Point, unpackPoints } from "./point-codec.ts";

/** Seconds between two samples, and between two points that are kept after a day. */
export const SAMPLE_STEP = 10;
const COARSE_STEP = 300;
/** Seconds: how long points are kept as they came, and downsampled. */
const RAW_KEPT = 86_400;
const COARSE_KEPT = 30 * 86_400;
/** Points lie unpacked until there are this many seconds of them. */
const PACKED_AFTER = 600;
/** Seconds of one chunk: small enough to be cut off when it is old, large enough to pack well. */
const RAW_CHUNK = 3_600;
const COARSE_CHUNK = 86_400;
/** Points further apart say nothing of the time between them: the console was off, or the cluster away. In samples. */
const GAP_STEPS = 6;
/** Series packed in one turn of the event loop: some milliseconds. */
const SLICE = 200;
/** The store may not grow past this: the oldest raw points go first, then the oldest downsampled ones. */
const SIZE_BYTES_MAX = 400 * 1024 * 1024;
/** Series of all clusters; further ones are not kept, and `isFull` says so. */
const SERIES_MAX = 100_000;

/** A value of a series at the time of a sweep. Whole numbers only. */
export type Sample = SeriesKey & { readonly value: number };

/** A range in seconds since 1970. */
export type Range = { readonly from: number; readonly to: number };

/** What is asked of a series. */
export type SeriesQuery = SeriesKey & { readonly as: "value" | "rate" };

/** Series over one grid. */
export type SeriesAnswer = { readonly grid: Grid; readonly values: readonly (readonly (number | null)[])[] };

/** Measurements of all clusters: as they came for a day, then the largest of each five minutes for a month. */
export class History {
  private readonly ids = new Map<string, number>();
  private readonly statements: ReturnType<typeof prepareAll>;

  constructor(
    private readonly store: Store,
    private readonly sizeBytesMax = SIZE_BYTES_MAX,
  ) {
    this.statements = prepareAll(store);
    for (const { id, ...key } of this.statements.series.all()) this.ids.set(keyOf(key.cluster, key), id);
  }

  /** There is no place for another series. */
  get isFull(): boolean {
    return this.ids.size >= SERIES_MAX;
  }

  /** Keeps the samples of one sweep, in one transaction. */
  write(cluster: string, at: number, samples: readonly Sample[]): void {
    this.store.transaction(() => {
      for (const sample of samples) {
        const id = this.idOf(cluster, sample);
        if (id !== undefined) this.statements.addRecent.run(id, at, sample.value);
      }
    });
  }

  /** Reads series over the finest grid that has at most `points` steps, and that samples of its time can fill: five minutes a step before the last day. */
  read(cluster: string, queries: readonly SeriesQuery[], range: Range, points: number, now = range.to): SeriesAnswer {
    const isRaw = range.from >= now - RAW_KEPT - RAW_CHUNK;
    const sampleStep = isRaw ? SAMPLE_STEP : COARSE_STEP;
    const grid = gridOf(range, points, sampleStep);
    const gap = Math.max(sampleStep, grid.step) * GAP_STEPS;
    const values = queries.map((query) => {
      // One gap more, for the point that the first rate is counted from.
      const found = this.points(cluster, query, { from: grid.start - gap, to: grid.start + grid.step * grid.count });
      return query.as === "rate" ? ratesOn(grid, found, gap) : valuesOn(grid, found);
    });
    return { grid, values };
  }

  /** Points of one series in the order of time; downsampled where they are older than a day. */
  points(cluster: string, key: SeriesKey, { from, to }: Range): Point[] {
    const id = this.ids.get(keyOf(cluster, key));
    if (id === undefined) return [];
    const coarse = this.chunks(id, COARSE_STEP, from - COARSE_CHUNK, to);
    const raw = this.chunks(id, SAMPLE_STEP, from - RAW_CHUNK, to);
    const recent = this.statements.recentOf.all(id, from, to);
    const firstRaw = raw[0]?.at ?? recent[0]?.at ?? Infinity;
    const all = [...coarse.filter(({ at }) => at < firstRaw), ...raw, ...recent];
    return all.filter(({ at }) => at >= from && at < to);
  }

  /** The time of the oldest point of a series; null when there is none. */
  keptSince(cluster: string, key: SeriesKey): number | null {
    const id = this.ids.get(keyOf(cluster, key));
    return id === undefined ? null : (this.statements.oldest.first(id, id)?.oldest ?? null);
  }

  /**
   * Packs, downsamples and deletes what has come of age; to be called every few minutes. Works in slices, so that nothing waits for it longer
   * than some milliseconds. Ends early when `signal` aborts; what was not done is done the next time.
   */
  async tidy(now: number, signal?: AbortSignal): Promise<void> {
    await this.inSlices(signal, (id) => this.packRecent(id, now));
    await this.inSlices(signal, (id) => this.coarsen(id, now));
    this.shrink(SAMPLE_STEP, RAW_CHUNK, RAW_KEPT, now);
    this.shrink(COARSE_STEP, COARSE_CHUNK, COARSE_KEPT, now);
    this.forgetEmpty(now);
  }

  /** Drops the oldest chunks of one kind until the store is small enough. */
  private shrink(step: number, length: number, keptMax: number, now: number): void {
    for (let kept = keptMax; kept > 0 && this.store.sizeBytes > this.sizeBytesMax; kept -= length)
      this.statements.dropChunks.run(step, now - kept);
  }

  private async inSlices(signal: AbortSignal | undefined, work: (id: number) => void): Promise<void> {
    const ids = [...this.ids.values()];
    for (let from = 0; from < ids.length; from += SLICE) {
      if (signal?.aborted) return;
      this.store.transaction(() => {
        for (const id of ids.slice(from, from + SLICE)) work(id);
      });
      await nextTurn();
    }
  }

  /** Moves a series' points that are old enough into its chunk of the hour. */
  private packRecent(id: number, now: number): void {
    const points = this.statements.recentOf.all(id, 0, now - PACKED_AFTER);
    if (points.length === 0) return;
    this.append(id, SAMPLE_STEP, RAW_CHUNK, points);
    this.statements.dropRecent.run(id, now - PACKED_AFTER);
  }

  /** Moves a series' chunks that are older than a day into its chunk of the day, five minutes a point, and drops those older than a month. */
  private coarsen(id: number, now: number): void {
    this.statements.dropOld.run(id, COARSE_STEP, now - COARSE_KEPT - COARSE_CHUNK);
    const old = this.statements.chunksBetween.all(id, SAMPLE_STEP, 0, now - RAW_KEPT - RAW_CHUNK);
    if (old.length === 0) return;
    const points = old.flatMap(({ start, points: packed }) => unpackPoints(new Uint8Array(packed), start));
    this.append(id, COARSE_STEP, COARSE_CHUNK, largestOfEach(points, COARSE_STEP));
    for (const { start } of old) this.statements.dropChunk.run(id, SAMPLE_STEP, start);
  }

  private append(id: number, step: number, length: number, points: readonly Point[]): void {
    const byChunk = new Map<number, Point[]>();
    for (const point of points) {
      const start = point.at - (point.at % length);
      const own = byChunk.get(start);
      if (own) own.push(point);
      else byChunk.set(start, [point]);
    }
    for (const [start, own] of byChunk) {
      const before = this.statements.chunkAt.first(id, step, start);
      const known = before ? unpackPoints(new Uint8Array(before.points), start) : [];
      const lastAt = known.at(-1)?.at ?? -1;
      const whole = [...known, ...own.filter(({ at }) => at > lastAt)];
      this.statements.putChunk.run(id, step, start, packPoints(whole, start));
    }
  }

  private chunks(id: number, step: number, from: number, to: number): Point[] {
    const found = this.statements.chunksBetween.all(id, step, from, to);
    return found.flatMap(({ start, points }) => unpackPoints(new Uint8Array(points), start));
  }

  /** A topic or group that is gone for a month leaves no name behind. */
  private forgetEmpty(now: number): void {
    const isDropped = this.statements.dropEmptySeries.run(now - COARSE_KEPT).changes > 0;
    if (!isDropped) return;
    this.ids.clear();
    for (const { id, ...key } of this.statements.series.all()) this.ids.set(keyOf(key.cluster, key), id);
  }

  private idOf(cluster: string, sample: Sample): number | undefined {
    const key = keyOf(cluster, sample);
    const known = this.ids.get(key);
    if (known !== undefined || this.isFull) return known;
    const { id } = this.statements.addSeries.run(cluster, sample.kind, sample.name, sample.part);
    this.ids.set(key, id);
    return id;
  }
}

function keyOf(
  cluster: string,
  { kind, name, part }: { readonly kind: string; readonly name: string; readonly part: string },
): string {
  return `${cluster}\n${kind}\n${name}\n${part}`;
}

function largestOfEach(points: readonly Point[], step: number): Point[] {
  const largest = new Map<number, number>();
  for (const { at, value } of points) {
    const start = at - (at % step);
    largest.set(start, Math.max(largest.get(start) ?? -Infinity, value));
  }
  return [...largest].map(([at, value]) => ({ at, value })).sort((a, b) => a.at - b.at);
}

type SeriesRow = {
  readonly id: number;
  readonly cluster: string;
  readonly kind: string;
  readonly name: string;
  readonly part: string;
};
type ChunkRow = { readonly start: number; readonly points: ArrayBuffer };

function prepareAll(store: Store) {
  return {
    series: store.prepare<SeriesRow>("SELECT id, cluster, kind, name, part FROM series"),
    addSeries: store.prepare("INSERT INTO series (cluster, kind, name, part) VALUES (?, ?, ?, ?)"),
    dropEmptySeries: store.prepare(
      `DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM recent WHERE recent.series = series.id)
         AND NOT EXISTS (SELECT 1 FROM chunk WHERE chunk.series = series.id AND chunk.start > ?)`,
    ),
    addRecent: store.prepare("INSERT OR REPLACE INTO recent (series, at, value) VALUES (?, ?, ?)"),
    recentOf: store.prepare<Point>("SELECT at, value FROM recent WHERE series = ? AND at >= ? AND at < ? ORDER BY at"),
    dropRecent: store.prepare("DELETE FROM recent WHERE series = ? AND at < ?"),
    chunkAt: store.prepare<ChunkRow>(
      "SELECT start, points FROM chunk WHERE series = ? AND stepSeconds = ? AND start = ?",
    ),
    chunksBetween: store.prepare<ChunkRow>(
      "SELECT start, points FROM chunk WHERE series = ? AND stepSeconds = ? AND start >= ? AND start < ? ORDER BY start",
    ),
    putChunk: store.prepare("INSERT OR REPLACE INTO chunk (series, stepSeconds, start, points) VALUES (?, ?, ?, ?)"),
    dropChunk: store.prepare("DELETE FROM chunk WHERE series = ? AND stepSeconds = ? AND start = ?"),
    dropChunks: store.prepare("DELETE FROM chunk WHERE stepSeconds = ? AND start < ?"),
    oldest: store.prepare<{ oldest: number | null }>(
      `SELECT min(at) AS oldest FROM (
         SELECT min(start) AS at FROM chunk WHERE series = ? UNION ALL SELECT min(at) FROM recent WHERE series = ?)`,
    ),
    dropOld: store.prepare("DELETE FROM chunk WHERE series = ? AND stepSeconds = ? AND start < ?"),
  };
}
