const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  min: 60_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Reads a span as people write it: "90 min", "2h", "1 d 12 h"; whole milliseconds, undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const written = text.trim().toLowerCase();
  if (!/^(?:\d+(?:\.\d+)?\s*(?:ms|s|min|m|h|d)\s*)+$/.test(written)) return undefined;
  let total = 0;
  for (const [, amount = "0", unit = "ms"] of written.matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)/g))
    total += Number(amount) * (unitMs[unit] ?? 1);
  return Number.isSafeInteger(Math.round(total)) ? Math.round(total) : undefined;
}
