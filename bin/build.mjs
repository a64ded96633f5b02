// Builds what changed: dist/ by esbuild (one file an entry), the console by Next. `node bin/build.mjs` does only this.
import "./check-node.mjs";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makePortable } from "./portable.mjs";
import { root, run, step } from "./run.mjs";
import { fingerprint, isStamped, stamp } from "./stamps.mjs";

/** What becomes dist/<name>.js: every process and every worker thread has its entry here. */
const entries = {
  cli: "server/cli/main.ts",
  platform: "server/platform/main.ts",
  console: "server/platform/console-process.ts",
  search: "server/console/search/thread/main.ts",
  decoding: "server/console/decoding/thread/main.ts",
  planner: "server/console/reassign/thread/main.ts",
  statistics: "server/console/statistics/thread/main.ts",
  eject: "server/platform/eject/main.ts",
  controller: "server/broker/controller/main.ts",
  broker: "server/broker/main.ts",
};

// Native and WebAssembly packages stay outside the bundles, as in next.config.js.
const external = ["@node-rs/crc32", "@foxglove/wasm-zstd", "libsql", "next"];

const settings = ["package.json", "package-lock.json", "tsconfig.json"];
const serverSources = ["server", "lib", "bin/build.mjs", ...settings];
const consoleSources = [
  "app",
  "components",
  "lib",
  "public",
  "bin/portable.mjs",
  "server/client",
  "server/console",
  "server/environment",
  "server/wire",
  "instrumentation.ts",
  "proxy.ts",
  "next.config.js",
  "postcss.config.mjs",
  ...settings,
];

/** Builds the stale parts; returns whether all is built. */
export async function build() {
  const server = await buildPart("Building the server", "dist/.built", serverSources, bundle);
  const app = await buildPart("Building the console", ".next/.built", consoleSources, buildConsole);
  return server && app;
}

async function buildPart(what, stampFile, sources, work) {
  const print = fingerprint(sources);
  if (isStamped(stampFile, print)) return true;
  rmSync(join(root, stampFile), { force: true });
  const { ok, output } = await step(what, work);
  if (ok) stamp(stampFile, print);
  else console.error(output);
  return ok;
}

async function bundle() {
  const { build: esbuild } = await import("esbuild");
  const present = Object.entries(entries).filter(([, file]) => existsSync(join(root, file)));
  try {
    await esbuild({
      absWorkingDir: root,
      entryPoints: Object.fromEntries(present),
      outdir: "dist",
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      external,
      logLevel: "silent",
      // CommonJS packages inside an ES module still call require.
      banner: {
        js: 'import { createRequire as odradekRequire } from "node:module"; const require = odradekRequire(import.meta.url);',
      },
    });
    return { ok: true, output: "" };
  } catch (error) {
    return { ok: false, output: error.message };
  }
}

async function buildConsole() {
  const result = await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
  });
  if (result.ok) makePortable(root);
  return result;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = (await build()) ? 0 : 1;
