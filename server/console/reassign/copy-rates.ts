/** How much of a rate is the last one seen; the rest is what it was. */
const SMOOTHING = 0.4;

type Meter = { readonly bytes: number; readonly atMs: number; readonly ratePerSecond: number | null };

/** How fast copies grow, from their sizes at each look. */
export class CopyRates {
  private meters = new Map<string, Meter>();

  /** Bytes a second; null until it was seen twice. */
  tell(key: string, bytes: number, atMs: number): number | null {
    const before = this.meters.get(key);
    const seconds = before === undefined ? 0 : (atMs - before.atMs) / 1_000;
    let ratePerSecond = before?.ratePerSecond ?? null;
    if (before !== undefined && seconds > 0) {
      const now = Math.max(0, bytes - before.bytes) / seconds;
      const smooth = ratePerSecond === null ? now : SMOOTHING * now + (1 - SMOOTHING) * ratePerSecond;
      // What fades never comes to zero by itself; less than a byte a second stands still.
      ratePerSecond = smooth < 1 ? 0 : smooth;
    }
    this.meters.set(key, { bytes, atMs, ratePerSecond });
    return ratePerSecond;
  }

  /** Forgets the copies that were not told of at this look: they have ended. */
  keepOnly(atMs: number): void {
    this.meters = new Map([...this.meters].filter(([, meter]) => meter.atMs === atMs));
  }
}
