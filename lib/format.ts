const units = ["", "k", "M", "B", "T"];

/** Shortens a count: 12_345 → "12.3k". Never for offsets, which are copied. */
export function formatCount(value: number): string {
  let n = value;
  let unit = 0;
  while (Math.abs(n) >= 999.5 && unit < units.length - 1) {
    n /= 1000;
    unit++;
  }
  const digits = unit === 0 ? (Number.isInteger(n) ? 0 : 1) : n < 10 ? 2 : n < 100 ? 1 : 0;
  return `${n.toFixed(digits)}${units[unit] ?? ""}`;
}

/** Writes how many a second, small numbers too: 12_345 → "12.3k", 0.5 → "0.5", 0.033 → "0.03". The unit is the caller's. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0 || Math.abs(perSecond) >= 0.1) return formatCount(perSecond);
  return Math.abs(perSecond) < 0.005 ? "0" : perSecond.toFixed(2);
}

const byteUnits = ["B", "KB", "MB", "GB", "TB", "PB"];

/** Shortens bytes in decimal units: 1_536 → "1.54 KB". */
export function formatBytes(value: number): string {
  let n = value;
  let unit = 0;
  while (Math.abs(n) >= 999.5 && unit < byteUnits.length - 1) {
    n /= 1000;
    unit++;
  }
  const digits = unit === 0 ? 0 : n < 10 ? 2 : n < 100 ? 1 : 0;
  return `${n.toFixed(digits)} ${byteUnits[unit] ?? ""}`;
}

/** Writes a whole number with commas: 42_118 → "42,118". Never for offsets, which are copied. */
export function formatInteger(value: number): string {
  return value.toLocaleString("en-US");
}

/** Writes a number with its noun: (1, "partition") → "1 partition", (3, "partition") → "3 partitions". */
export function formatNumberOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatInteger(count)} ${count === 1 ? noun : plural}`;
}

/** Writes a span with two units at most: 9_180_000 ms → "2 h 33 min". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.max(0, Math.round(milliseconds))} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.round(hours / 24)} d`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** Writes how long an answer took, below a millisecond too: 0.421 → "0.42 ms". */
export function formatLatency(milliseconds: number): string {
  if (milliseconds >= 10 || milliseconds <= 0) return formatDuration(milliseconds);
  return `${Number(milliseconds.toPrecision(2))} ms`;
}

/** Writes how long ago something was, in whole seconds below a minute: "just now", "42 s", "3 min". */
export function formatAge(milliseconds: number): string {
  if (milliseconds < 1_500) return "just now";
  if (milliseconds < 60_000) return `${Math.round(milliseconds / 1_000)} s`;
  return formatDuration(milliseconds);
}

const spans: readonly (readonly [number, string])[] = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1_000, "s"],
  [1, "ms"],
];

/** Writes a setting in milliseconds exactly, in its largest whole unit: 604_800_000 → "7 d", -1 → "forever". */
export function formatRetention(milliseconds: number): string {
  if (milliseconds < 0) return "forever";
  if (milliseconds === 0) return "0 ms";
  const span = spans.find(([size]) => milliseconds % size === 0);
  return span ? `${milliseconds / span[0]} ${span[1]}` : `${milliseconds} ms`;
}
