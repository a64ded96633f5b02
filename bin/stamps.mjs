// Stamps say whether an installation or a build is still that of the present sources.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./run.mjs";

const isTest = /\.test\.tsx?$/;

/** A hash of the content of files and folders (tests left out); what does not exist counts as empty. */
export function fingerprint(paths) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch} ${process.versions.modules}`);
  for (const path of paths) add(hash, path);
  return hash.digest("hex");
}

function add(hash, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (stat?.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) add(hash, `${path}/${name}`);
  else if (stat && !isTest.test(path)) hash.update(`\0${path}\0${stat.size}\0`).update(readFileSync(join(root, path)));
}

/** Whether the stamp file holds this fingerprint. */
export function isStamped(file, print) {
  try {
    return readFileSync(join(root, file), "utf8") === print;
  } catch {
    return false;
  }
}

export function stamp(file, print) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), print);
}
