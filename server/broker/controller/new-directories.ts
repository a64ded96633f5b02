import type { Disk } from "../../environment/environment.ts";

/**
 * The directories whose entries must be synced once `path` has been made: the nearest ancestor that exists, and what will be made below it. Without that
 * a power cut soon after the first start takes the whole new directory away, synced files and all. To be asked before it is made; empty when it exists.
 */
export function directoriesToSync(disk: Disk, path: string): readonly string[] {
  const changed: string[] = [];
  for (let current = path; !disk.exists(current);) {
    const parent = current.slice(0, Math.max(1, current.lastIndexOf("/")));
    changed.push(parent);
    if (parent === current) break;
    current = parent;
  }
  return changed;
}
