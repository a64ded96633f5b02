import { join } from "node:path";
import type { Disk } from "../../environment/environment.ts";
import { Refused } from "./refused.ts";
import { readStoppedDirectory, type StoppedDirectory } from "./stopped-directory.ts";

const MARK = "meta.properties";

/** The log directories that `--from` names: each itself, or those directly in it. Throws Refused for one that is neither, and what `readStoppedDirectory` does. */
export function findDirectories(disk: Disk, from: readonly string[]): readonly StoppedDirectory[] {
  const paths = from.flatMap((path) => {
    if (disk.exists(join(path, MARK))) return [path];
    const inside = disk
      .list(path)
      .map(({ name }) => join(path, name))
      .filter((child) => disk.exists(join(child, MARK)));
    if (inside.length > 0) return inside;
    throw new Refused(
      `${path} is no log directory of Kafka's`,
      [disk.exists(path) ? `Neither it nor a directory in it has a ${MARK}.` : "There is no such directory."],
      "Give the log.dirs and metadata.log.dir of every node of the cluster.",
    );
  });
  return [...new Set(paths)].map((path) => readStoppedDirectory(disk, path));
}
