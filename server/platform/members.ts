import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** Brokers that came to a running cluster, or left it, besides those that `--brokers N` names. */
const membersFile = z.object({
  added: z.array(z.number().int().positive()),
  removed: z.array(z.number().int().positive()),
});
type Changes = z.infer<typeof membersFile>;

const NO_CHANGES: Changes = { added: [], removed: [] };

/** The brokers of a cluster: 1 to `--brokers`, with those that were added and without those that were removed while it ran. Kept in `<data>/brokers.json`. */
export class Members {
  private constructor(
    private readonly path: string,
    private readonly count: number,
    private changes: Changes,
  ) {}

  /** Throws when the file is there and damaged: who belongs to the cluster must not be guessed. */
  static read(dataDirectory: string, count: number): Members {
    const path = join(dataDirectory, "brokers.json");
    const text = textOf(path);
    if (text === undefined) return new Members(path, count, NO_CHANGES);
    try {
      return new Members(path, count, membersFile.parse(JSON.parse(text)));
    } catch (cause) {
      throw new Error(
        `${path} does not say which brokers were added and removed. It is like {"added":[4],"removed":[]}: correct it.`,
        { cause },
      );
    }
  }

  /** Node ids, ascending. */
  get ids(): readonly number[] {
    const { added, removed } = this.changes;
    const base = Array.from({ length: this.count }, (_, index) => index + 1);
    const all = new Set([...base, ...added]);
    return [...all].filter((id) => !removed.includes(id)).sort((a, b) => a - b);
  }

  /** An id that no broker has, or had: its directory may still be there. */
  get nextId(): number {
    return Math.max(this.count, ...this.changes.added, ...this.changes.removed) + 1;
  }

  /** Notes a broker that came. */
  add(id: number): void {
    const { added, removed } = this.changes;
    this.write({ added: [...added, id], removed });
  }

  /** Notes a broker that left. */
  remove(id: number): void {
    const { added, removed } = this.changes;
    this.write({ added: added.filter((other) => other !== id), removed: [...removed, id] });
  }

  private write(changes: Changes): void {
    const temporary = `${this.path}.tmp`;
    writeFileSync(temporary, `${JSON.stringify(changes)}\n`, { mode: 0o600, flush: true });
    renameSync(temporary, this.path);
    this.changes = changes;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
