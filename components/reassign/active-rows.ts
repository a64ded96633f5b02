import type { ActiveMove } from "@/lib/contracts/reassignment";

/** A move under way, with what follows from its numbers. */
export type ActiveRow = ActiveMove & {
  /** Of all bytes that it copies, from 0 to 1; null when not known. */
  readonly share: number | null;
  readonly leftMs: number | null;
  /** Why it is slow or stands still; null when it goes on as the others do. */
  readonly trouble: string | null;
};

/** Slower than this part of the usual rate is worth a word. */
const slowPart = 0.25;

/** Judges moves beside each other. */
export function activeRows(moves: readonly ActiveMove[]): readonly ActiveRow[] {
  const rates = moves.flatMap(({ ratePerSecond }) =>
    ratePerSecond === null || ratePerSecond === 0 ? [] : ratePerSecond,
  );
  const usual = rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0;
  return moves.map((move) => {
    const { sizeBytes, copiedBytes, ratePerSecond, adding } = move;
    const total = sizeBytes === null ? null : sizeBytes * adding.length;
    const share = total === null || copiedBytes === null ? null : total === 0 ? 1 : Math.min(1, copiedBytes / total);
    const left = total === null || copiedBytes === null ? null : Math.max(0, total - copiedBytes);
    const leftMs =
      left === null || ratePerSecond === null || ratePerSecond === 0 ? null : (left / ratePerSecond) * 1_000;
    return { ...move, share, leftMs, trouble: troubleOf(move, usual, share) };
  });
}

function troubleOf({ leader, away, ratePerSecond }: ActiveMove, usual: number, share: number | null): string | null {
  if (away.length > 0) return `broker ${away.join(", ")} is away: nothing is copied`;
  if (leader === null) return "nobody leads it: nothing is copied";
  if (share === 1 || ratePerSecond === null) return null;
  if (ratePerSecond === 0) return "stands still";
  return ratePerSecond < usual * slowPart ? `slow; broker ${leader} sends it` : null;
}
