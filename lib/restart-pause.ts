/** Pause before something that died is started again: doubles from the first to the longest. */
const FIRST_MS = 100;
const LONGEST_MS = 10_000;
/** What ran for as long as this had come up well: its next death is a first one again. */
const STEADY_MS = 60_000;

/** How long to wait before something that died by itself comes back, so that what dies at once does not keep the machine busy. */
export class RestartPause {
  private deaths = 0;

  /** The pause after a death, in milliseconds; `ranMs` is how long it had run. */
  next(ranMs: number): number {
    if (ranMs > STEADY_MS) this.deaths = 0;
    const pauseMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.deaths);
    this.deaths += 1;
    return pauseMs;
  }
}
