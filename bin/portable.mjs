// Makes the built console one that can be moved and shipped: names of packages as they are, no path of this machine.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Next names an external package `kafkajs-9b9b7d82b6ed4e58` and links that name in `.next/node_modules`. npm ships no such
 * folder, so the names become the plain ones, which Node finds wherever the packages are installed.
 */
export function makePortable(root, console = join(root, ".next")) {
  const names = linkedNames(join(console, "node_modules"));
  for (const file of filesUnder(join(console, "server"), ".js")) {
    rewrite(file, (text) => names.reduce((done, { linked, plain }) => done.replaceAll(linked, plain), text));
  }
  for (const end of ["json", "js"]) {
    rewrite(join(console, `required-server-files.${end}`), (text) => text.replaceAll(root.replace(/\/$/, ""), "."));
  }
}

function linkedNames(folder) {
  if (!existsSync(folder)) return [];
  const links = readdirSync(folder).flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(folder, name)).map((inScope) => `${name}/${inScope}`) : [name],
  );
  return links.map((linked) => ({ linked, plain: linked.replace(/-[0-9a-f]{16}$/, "") }));
}

function filesUnder(folder, end) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => join(entry.parentPath, entry.name));
}

function rewrite(file, change) {
  const before = readFileSync(file, "utf8");
  const after = change(before);
  if (after !== before) writeFileSync(file, after);
}
