import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** More files than anybody has decoders. */
const FILES_MAX = 100;

/** A file of the operator's decoders; another version is other code. */
export type OwnFile = { readonly path: string; readonly version: string };

/** The `.mjs` files of a directory in the order of their names; none where there is no such directory. */
export async function findOwnFiles(directory: string): Promise<OwnFile[]> {
  if (directory === "") return [];
  const names = await readdir(directory).catch(() => []);
  const paths = names.filter((name) => name.endsWith(".mjs") && !name.startsWith(".")).toSorted();
  const files = await Promise.all(
    paths.slice(0, FILES_MAX).map(async (name) => {
      const path = join(directory, name);
      const facts = await stat(path).catch(() => undefined);
      return facts?.isFile() ? [{ path, version: `${facts.mtimeMs}-${facts.size}` }] : [];
    }),
  );
  return files.flat();
}
