/** A record that a client wrote: `value` says which of its producer's it is, so that every record of a run is unlike all others. */
export type WrittenRecord = { readonly partition: number; readonly offset: number; readonly value: string };

/** The machine lost its power: what was not synced may be gone. `logEnds` is where each partition ended afterwards. */
export type PowerCut = { readonly atMs: number; readonly logEnds: ReadonlyMap<number, number> };

/** A committed offset as a client saw it. `askedAfter`: how many such events there were when the client asked. */
export type CommitEvent = {
  readonly kind: "committed" | "fetched";
  readonly groupId: string;
  readonly partition: number;
  readonly offset: number;
  readonly askedAfter: number;
};

/** What the clients of a run have seen, for the checkers: only what a client can know. */
export class History {
  /** Values sent, acknowledged or not. */
  readonly sent = new Set<string>();
  /** Records that the broker acknowledged with acks=all, in the order of the acknowledgements. */
  readonly acknowledged: WrittenRecord[] = [];
  /** Records that each reader got, in its order. */
  readonly read = new Map<string, WrittenRecord[]>();
  /** Offsets that the coordinator acknowledged, and what it answered when asked, in the order of the answers. */
  readonly commits: CommitEvent[] = [];
  readonly powerCuts: PowerCut[] = [];

  /** The records of a reader, to be added to. */
  readBy(reader: string): WrittenRecord[] {
    const known = this.read.get(reader);
    if (known !== undefined) return known;
    const records: WrittenRecord[] = [];
    this.read.set(reader, records);
    return records;
  }
}

/** A promise of Kafka's, held against what the clients saw and what is in the logs at the end. Answers what is wrong, or nothing. */
export type Checker = (history: History, logs: Logs) => string | undefined;

/** The content of each partition at the end of a run, in the order of the log. */
export type Logs = ReadonlyMap<number, readonly WrittenRecord[]>;
