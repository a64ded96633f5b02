/** What can be made to fail. */
export type FaultyOperation = "open" | "read" | "write" | "truncate" | "sync" | "rename" | "remove" | "mkdir" | "list";

/** A failure to come: the next `times` calls of `operation` on a path that contains `path`, after `after` of them went well. */
export type DiskFault = {
  readonly operation: FaultyOperation;
  readonly errno: "EIO" | "ENOSPC" | "EROFS" | "EMFILE" | "EACCES";
  readonly path?: string;
  readonly after?: number;
  readonly times?: number;
};

type Armed = { readonly fault: DiskFault; after: number; times: number };

/** The failures that a test has planned for a disk. */
export class DiskFaults {
  #armed: Armed[] = [];

  inject(fault: DiskFault): void {
    this.#armed.push({ fault, after: fault.after ?? 0, times: fault.times ?? 1 });
  }

  clear(): void {
    this.#armed = [];
  }

  /** The error that this call shall end in, if any. */
  errnoFor(operation: FaultyOperation, path: string): string | undefined {
    for (const armed of this.#armed) {
      if (armed.fault.operation !== operation || !path.includes(armed.fault.path ?? "")) continue;
      if (armed.after > 0) {
        armed.after--;
        continue;
      }
      if (armed.times === 0) continue;
      armed.times--;
      return armed.fault.errno;
    }
    return undefined;
  }
}
