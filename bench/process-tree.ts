import { readdirSync, readFileSync } from "node:fs";

/** Resident memory of a process and all below it, in MB (Linux: /proc). */
export function residentMegabytes(processId: number): number {
  return sumOf(treeOf(processId));
}

/** The same of those among them whose command has a word in it: "console.js". */
export function residentMegabytesOf(processId: number, word: string): number {
  return sumOf([...treeOf(processId)].filter((id) => commandOf(id).includes(word)));
}

/** The process below another whose command line contains a text. */
export function processBelow(processId: number, text: string): number {
  const found = [...treeOf(processId)].find((id) => commandOf(id).includes(text));
  if (found === undefined) throw new Error(`no process of ${text} below ${processId}`);
  return found;
}

/** Ticks of a second in /proc/<pid>/stat (USER_HZ, 100 on every Linux of today). */
const TICKS_PER_SECOND = 100;

/** Processor time that a process has taken so far, user and system. */
export function processorSeconds(processId: number): number {
  const stat = readFileSync(`/proc/${processId}/stat`, "utf8");
  // The name in brackets may hold spaces: fields are counted after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function sumOf(ids: Iterable<number>): number {
  return [...ids].reduce((sum, id) => sum + (fieldOf(id, "VmRSS") ?? 0), 0) / 1024;
}

function commandOf(processId: number): string {
  try {
    return readFileSync(`/proc/${processId}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

function treeOf(processId: number): ReadonlySet<number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const id = Number(name);
    const parent = Number.isInteger(id) ? fieldOf(id, "PPid") : undefined;
    if (parent !== undefined) parents.set(id, parent);
  }
  const tree = new Set([processId]);
  for (let grown = true; grown;) {
    grown = false;
    for (const [id, parent] of parents) {
      if (tree.has(id) || !tree.has(parent)) continue;
      tree.add(id);
      grown = true;
    }
  }
  return tree;
}

function fieldOf(processId: number, field: string): number | undefined {
  try {
    const found = new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${processId}/status`, "utf8"));
    return found ? Number(found[1]) : undefined;
  } catch {
    return undefined;
  }
}
