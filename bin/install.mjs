// Installs the packages when the lock file is not the one that was installed last.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, run, step } from "./run.mjs";
import { fingerprint, isStamped, stamp } from "./stamps.mjs";

const stampFile = "node_modules/.odradek-installed";

export async function install() {
  const print = fingerprint(["package.json", "package-lock.json", ".npmrc"]);
  if (isStamped(stampFile, print)) return;
  const why = existsSync(join(root, "node_modules")) ? "the lock file changed" : "first run, about half a minute";
  const { ok, output } = await step(`Installing packages (${why})`, () => npmCi());
  if (!ok) {
    console.error(output);
    console.error("npm could not install the packages. See its message above; then run the same command again.");
    process.exit(1);
  }
  stamp(stampFile, print);
}

function npmCi() {
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  return npm?.endsWith("npm-cli.js") ? run(process.execPath, [npm, ...args]) : run("npm", args);
}
