/** Code that takes longer than this has no end, or none that a reader waits for. */
export const OWN_CODE_SECONDS_MAX = 5;
/** What all own code together may take of one page: one that takes longer is of no use. */
export const OWN_CODE_PAGE_MS_MAX = 10_000;

/** The fields of the memory that a thread shares with who watches it: which file's code runs (from 1; 0: none), and since when (seconds). */
export const OWN_WATCH = { file: 0, sinceSeconds: 1, fields: 2 } as const;

/** The memory in which a thread says whose code it runs, as it cannot speak meanwhile. */
export function ownWatch(): SharedArrayBuffer {
  return new SharedArrayBuffer(OWN_WATCH.fields * Float64Array.BYTES_PER_ELEMENT);
}

/** Runs own code so that it can be seen from outside, and no more of it than a task may cost. */
export class OwnGuard {
  private spentMs = 0;
  private readonly watch: Float64Array;

  constructor(
    watch: SharedArrayBuffer,
    /** What all own code together may take between two calls of `begin`. */
    private readonly taskMsMax: number,
  ) {
    this.watch = new Float64Array(watch);
  }

  /** A new task may cost as much as the one before. */
  begin(): void {
    this.spentMs = 0;
  }

  /** Runs code of a file; throws what it throws, and when the task has cost too much already. */
  run<Value>(file: number, code: () => Value): Value {
    if (this.spentMs > this.taskMsMax)
      throw new Error(`own decoders took more than ${this.taskMsMax / 1_000} s for one page; the rest was left`);
    const startedMs = performance.now();
    this.enter(file);
    try {
      return code();
    } finally {
      this.leave();
      this.spentMs += performance.now() - startedMs;
    }
  }

  /** The code of a file runs from now on. */
  enter(file: number): void {
    this.watch[OWN_WATCH.sinceSeconds] = Date.now() / 1_000;
    this.watch[OWN_WATCH.file] = file + 1;
  }

  /** No own code runs. */
  leave(): void {
    this.watch[OWN_WATCH.file] = 0;
  }
}

/** The file whose code has run for too long; undefined when none has. */
export function endlessFile(watch: SharedArrayBuffer): number | undefined {
  const [file = 0, since = 0] = new Float64Array(watch);
  return file !== 0 && Date.now() / 1_000 - since > OWN_CODE_SECONDS_MAX ? file - 1 : undefined;
}

/** The file whose code runs, or ran when the thread ended. */
export function runningFile(watch: SharedArrayBuffer): number | undefined {
  const [file = 0] = new Float64Array(watch);
  return file === 0 ? undefined : file - 1;
}
