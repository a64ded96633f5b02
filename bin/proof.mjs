// docs/proof/*.md say which test shows each promised feature; here the tables are held against the tests that ran.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

/**
 * Rows of a proof table: `| 41 | what | `file` › `title of the test` |`, several proofs in one cell one after another.
 * Returns each proof with the number and words of its row; throws nothing: a row without a proof has `file` undefined.
 */
export function proofsIn(markdown) {
  return markdown
    .split("\n")
    .filter((line) => /^\|\s*\S/.test(line) && !/^\|\s*:?-+/.test(line))
    .slice(1)
    .flatMap((line) => {
      const [, row = "", what = "", ...rest] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
      const proofs = [...rest.join("|").matchAll(/`([^`]+)`\s*›\s*`([^`]+)`/g)];
      if (proofs.length === 0) return [{ row, what, file: undefined, title: undefined }];
      return proofs.map(([, file, title]) => ({ row, what, file, title: title.replaceAll(String.raw`\|`, "|") }));
    });
}

/** What is wrong with proofs: no test named, no such file, not among the tests of a suite that ran, or not passed. */
export function unproved(proofs, tests, { ranSlow }) {
  return proofs.flatMap((proof) => {
    const say = (why) => [`${proof.row} ${proof.what}: ${why}`];
    if (proof.file === undefined) return say("names no test");
    if (!existsSync(join(root, proof.file))) return say(`${proof.file} is not there`);
    if (proof.file.includes(".slow.test.") && !ranSlow) return [];
    const found = tests.filter(({ file, title }) => file === proof.file && title === proof.title);
    if (found.length === 0) return say(`no test "${proof.title}" ran in ${proof.file}`);
    return found.some(({ outcome }) => outcome === "passed") ? [] : say(`"${proof.title}" did not pass`);
  });
}

/** All proofs of docs/proof. */
export function allProofs() {
  const folder = join(root, "docs/proof");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".md"));
  return files.flatMap((name) => proofsIn(readFileSync(join(folder, name), "utf8")));
}
