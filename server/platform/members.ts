import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { logDirectories } from "./log-directories.ts";
import { type BrokerPlace, CONTROLLER_ID } from "./node-properties.ts";

const nodeIds = z.array(z.number().int().nonnegative());
/** The first brokers of an adopted cluster, where `--brokers N` does not name them; brokers that came to a running cluster, or left it. */
const membersFile = z.object({ first: nodeIds.min(1).optional(), added: nodeIds, removed: nodeIds });
type Changes = z.infer<typeof membersFile>;

const NO_CHANGES: Changes = { added: [], removed: [] };
const FILE = "brokers.json";

/**
 * The brokers of a cluster: 1 to `--brokers`, or those that were adopted, with those that were added and without those that were removed while it ran. Kept in
 * `<data>/brokers.json`.
 */
export class Members {
  private readonly path: string;

  private constructor(
    private readonly dataDirectory: string,
    private readonly count: number,
    private changes: Changes,
  ) {
    this.path = join(dataDirectory, FILE);
  }

  /** Throws when the file is there and damaged: who belongs to the cluster must not be guessed. */
  static read(dataDirectory: string, count: number): Members {
    const path = join(dataDirectory, FILE);
    const text = textOf(path);
    if (text === undefined) return new Members(dataDirectory, count, NO_CHANGES);
    try {
      return new Members(dataDirectory, count, membersFile.parse(JSON.parse(text)));
    } catch (cause) {
      throw new Error(
        `${path} does not say which brokers were added and removed. It is like {"added":[4],"removed":[]}: correct it.`,
        { cause },
      );
    }
  }

  /** Notes the brokers of a cluster that comes into a data directory with ids of its own. */
  static adopt(dataDirectory: string, ids: readonly number[]): void {
    const first = [...ids].sort((a, b) => a - b);
    new Members(dataDirectory, ids.length, NO_CHANGES).write({ first, ...NO_CHANGES });
  }

  /** Node ids, ascending. */
  get ids(): readonly number[] {
    const { added, removed } = this.changes;
    const all = new Set([...this.first, ...added]);
    return [...all].filter((id) => !removed.includes(id)).sort((a, b) => a - b);
  }

  /** An id that no broker has, or had: its directory may still be there. */
  get nextId(): number {
    const next = Math.max(...this.first, ...this.changes.added, ...this.changes.removed) + 1;
    return next === CONTROLLER_ID ? next + 1 : next;
  }

  /** The ports and directories of a broker. Ports go by the order of the ids, and stay when others leave. */
  placeOf(id: number): BrokerPlace {
    const { first } = this;
    const index = first.indexOf(id);
    const portOffset = index >= 0 ? index : first.length + id - Math.max(...first) - 1;
    return { nodeId: id, portOffset, logDirs: logDirectories(this.dataDirectory, id) };
  }

  private get first(): readonly number[] {
    return this.changes.first ?? Array.from({ length: this.count }, (_, index) => index + 1);
  }

  /** Notes a broker that came. */
  add(id: number): void {
    const { added } = this.changes;
    this.write({ ...this.changes, added: [...added, id] });
  }

  /** Notes a broker that left. */
  remove(id: number): void {
    const { added, removed } = this.changes;
    this.write({ ...this.changes, added: added.filter((other) => other !== id), removed: [...removed, id] });
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
