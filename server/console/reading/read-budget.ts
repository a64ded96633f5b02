/** What one page may cost: a page that takes longer, or moves more bytes, ends with what it has and says so. */
const TIME_LIMIT_MS = 8_000;
const BYTES_LIMIT = 64 * 1024 * 1024;

/** Time, bytes and records that a read has used, shared by its partitions. */
export class ReadBudget {
  readonly startedMs = performance.now();
  scanned = 0;
  private bytes = 0;

  spend(records: number, bytes: number): void {
    this.scanned += records;
    this.bytes += bytes;
  }

  /** How long a request may still take. */
  get leftMs(): number {
    return Math.max(0, TIME_LIMIT_MS - (performance.now() - this.startedMs));
  }

  get elapsedMs(): number {
    return Math.round((performance.now() - this.startedMs) * 10) / 10;
  }

  /** Why nothing more may be read, in words; undefined while there is something left. */
  exhaustion(): string | undefined {
    if (this.leftMs === 0) return `Reading stopped after ${TIME_LIMIT_MS / 1_000} s.`;
    if (this.bytes > BYTES_LIMIT) return `Reading stopped after ${BYTES_LIMIT / 1024 / 1024} MiB.`;
    return undefined;
  }
}
