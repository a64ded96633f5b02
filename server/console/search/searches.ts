import type { Store } from "../engine/store/store.ts";
import { Listeners } from "../stream/listeners.ts";
import { SavedSearches } from "./saved-searches.ts";
import { SearchStore } from "./search-store.ts";
import type { SearchThreads } from "./search-threads.ts";

/** A search since it was begun or taken up, for its rate. */
type Run = { readonly startedMs: number; readonly records: number; readonly offsets: number };

/** All searches of the console: what they found, the threads that they run in, and who watches them. */
export class Searches {
  readonly kept: SearchStore;
  readonly saved: SavedSearches;
  private readonly runs = new Map<number, Run>();
  private readonly listeners = new Map<number, Listeners<void>>();

  constructor(
    store: Store,
    readonly threads: SearchThreads,
  ) {
    this.kept = new SearchStore(store);
    this.saved = new SavedSearches(store);
  }

  /** A search begins to run: what it has from before does not count as its speed. */
  began(job: number, { records, offsets }: Omit<Run, "startedMs">): void {
    this.runs.set(job, { startedMs: performance.now(), records, offsets });
  }

  ended(job: number): void {
    this.runs.delete(job);
  }

  /** Records a second, and milliseconds until its end; nulls while it does not run or is too young. */
  speedOf(
    job: number,
    now: { readonly records: number; readonly offsetsDone: number; readonly offsetsTotal: number },
  ): { readonly ratePerSecond: number | null; readonly etaMs: number | null } {
    const run = this.runs.get(job);
    const elapsedMs = run === undefined ? 0 : performance.now() - run.startedMs;
    if (run === undefined || elapsedMs < 200) return { ratePerSecond: null, etaMs: null };
    const offsetsPerMs = (now.offsetsDone - run.offsets) / elapsedMs;
    const left = now.offsetsTotal - now.offsetsDone;
    return {
      ratePerSecond: ((now.records - run.records) / elapsedMs) * 1_000,
      etaMs: offsetsPerMs > 0 ? left / offsetsPerMs : null,
    };
  }

  /** Something of a search is new. */
  tell(job: number): void {
    this.listeners.get(job)?.tell();
  }

  /** Listens until the returned function is called. */
  listen(job: number, listener: () => void): () => void {
    const own =
      this.listeners.get(job) ??
      new Listeners<void>((count) => {
        if (count === 0) this.listeners.delete(job);
      });
    this.listeners.set(job, own);
    return own.add(listener);
  }
}
