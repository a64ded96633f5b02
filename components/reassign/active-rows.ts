import type { ActiveMove, DirectoryMove } from "@/lib/contracts/reassignment";

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
    return { ...move, share, leftMs: timeFor(left, ratePerSecond), trouble: troubleOf(move, usual, share) };
  });
}

/** A move between log directories, with what follows from its numbers. */
export type DirectoryRow = DirectoryMove & Pick<ActiveRow, "share" | "leftMs" | "trouble">;

/** Judges moves between log directories. */
export function directoryRows(moves: readonly DirectoryMove[]): readonly DirectoryRow[] {
  return moves.map((move) => {
    const { sizeBytes, copiedBytes, ratePerSecond } = move;
    const share = sizeBytes === null ? null : sizeBytes === 0 ? 1 : Math.min(1, copiedBytes / sizeBytes);
    const left = sizeBytes === null ? null : Math.max(0, sizeBytes - copiedBytes);
    const trouble = ratePerSecond === 0 && share !== 1 ? "stands still" : null;
    return { ...move, share, leftMs: timeFor(left, ratePerSecond), trouble };
  });
}

function timeFor(bytes: number | null, ratePerSecond: number | null): number | null {
  return bytes === null || ratePerSecond === null || ratePerSecond === 0 ? null : (bytes / ratePerSecond) * 1_000;
}

function troubleOf({ leader, away, ratePerSecond }: ActiveMove, usual: number, share: number | null): string | null {
  if (away.length > 0) return `broker ${away.join(", ")} is away: nothing is copied`;
  if (leader === null) return "nobody leads it: nothing is copied";
  if (share === 1 || ratePerSecond === null) return null;
  if (ratePerSecond === 0) return "stands still";
  return ratePerSecond < usual * slowPart ? `slow; broker ${leader} sends it` : null;
}
