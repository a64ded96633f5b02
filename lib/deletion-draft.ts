import type { DeletionPoint } from "@/lib/contracts/topic-changes";

/** What is written in the dialog that deletes records. */
export type DeletionDraft = {
  readonly way: DeletionPoint["kind"];
  /** "0, 3, 7-9" */
  readonly partitions: string;
  /** "0:1200, 3:88" */
  readonly offsets: string;
  /** As a browser's datetime-local has it, in the browser's zone. */
  readonly time: string;
};

export const emptyDeletion: DeletionDraft = { way: "everything", partitions: "", offsets: "", time: "" };

/** The point that a draft means; or what is wrong with it, if anything is written yet. */
export type ParsedPoint =
  | { readonly ok: true; readonly value: DeletionPoint }
  | { readonly ok: false; readonly isWritten: boolean; readonly fault: string };

const listedMax = 100_000;

/** Reads the draft of a deletion. */
export function deletionPointOf({ way, partitions, offsets, time }: DeletionDraft): ParsedPoint {
  if (way === "everything") return { ok: true, value: { kind: "everything" } };
  if (way === "partitions") {
    const found = numbersOf(partitions);
    return found
      ? { ok: true, value: { kind: "partitions", partitions: found } }
      : { ok: false, isWritten: partitions.trim() !== "", fault: "Numbers with commas between, such as 0, 3, 7-9." };
  }
  if (way === "offsets") {
    const found = offsetsOf(offsets);
    return found
      ? { ok: true, value: { kind: "offsets", offsets: found } }
      : { ok: false, isWritten: offsets.trim() !== "", fault: "Pairs with commas between, such as 0:1200, 3:88." };
  }
  const timestampMs = new Date(time).getTime();
  if (Number.isFinite(timestampMs) && timestampMs >= 0) return { ok: true, value: { kind: "time", timestampMs } };
  return { ok: false, isWritten: time !== "", fault: "A date with a time." };
}

function numbersOf(text: string): number[] | undefined {
  const found = new Set<number>();
  for (const part of text.split(",").map((word) => word.trim())) {
    const [, from, to] = /^(\d{1,9})(?:\s*-\s*(\d{1,9}))?$/.exec(part) ?? [];
    if (from === undefined) return undefined;
    const last = Number(to ?? from);
    if (last < Number(from) || last - Number(from) > listedMax) return undefined;
    for (let number = Number(from); number <= last; number += 1) found.add(number);
  }
  return [...found];
}

function offsetsOf(text: string): { partition: number; offset: string }[] | undefined {
  const pairs = text.split(",").map((part) => /^\s*(\d{1,9})\s*:\s*(\d{1,19})\s*$/.exec(part));
  const found = new Map<number, string>();
  for (const pair of pairs) {
    const [, partition, offset] = pair ?? [];
    if (partition === undefined || offset === undefined || found.has(Number(partition))) return undefined;
    found.set(Number(partition), offset);
  }
  return [...found].map(([partition, offset]) => ({ partition, offset }));
}
