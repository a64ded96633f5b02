// `npm test`: checks, build, unit and integration tests, browser journeys; each step runs even when one before it failed.
// `npm test -- --slow` runs the slow judges after them (Apache Kafka, kcat, long simulations).
import "./check-node.mjs";
import { rmSync } from "node:fs";
import { join } from "node:path";

const { install } = await import("./install.mjs");
await install();
const { build } = await import("./build.mjs");
const { chromium } = await import("./chromium.mjs");
const { root, run, step } = await import("./run.mjs");
const { journeyReport, unitReport } = await import("./report.mjs");
const { allProofs, unproved } = await import("./proof.mjs");

const suites = [];
const minutes = (n) => n * 60_000;
const tool = (path, ...args) => [process.execPath, [`node_modules/${path}`, ...args]];
const one = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, tests: [] });

async function check(name, ...commands) {
  const { ok, output } = await step(name, async () => {
    for (const [command, args] of commands) {
      const result = await run(command, args, { limitMs: minutes(5), env: { NEXT_TELEMETRY_DISABLED: "1" } });
      if (!result.ok) return result;
    }
    return { ok: true, output: "" };
  });
  if (!ok) console.log(output);
  suites.push({ name, ...one(ok) });
}

async function vitest(name, limitMs) {
  const report = `.cache/reports/${name}.json`;
  const args = ["run", "--project", name, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  rmSync(join(root, report), { force: true });
  const { ok } = await step(`${name} tests`, () => run(...tool("vitest/vitest.mjs", ...args), { show: true, limitMs }));
  suites.push({ name: `${name} tests`, ...unitReport(report, ok) });
}

async function journeys(limitMs) {
  const name = "browser journeys";
  const executable = await chromium();
  if (!executable) {
    console.log(`${name}: no Chromium was found and none could be installed`);
    suites.push({ name, passed: 0, failed: process.env.CI ? 1 : 0, skipped: process.env.CI ? 0 : 1, tests: [] });
    return;
  }
  const report = ".cache/reports/journeys.json";
  rmSync(join(root, report), { force: true });
  const env = { ODRADEK_CHROMIUM: executable, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const { ok } = await step(name, () =>
    run(...tool("@playwright/test/cli.js", "test", "--reporter=list,json"), { show: true, env, limitMs }),
  );
  suites.push({ name, ...journeyReport(report, ok) });
}

// First, because type-aware lint needs the types of the routes, which are written here.
await check("types", tool("next/dist/bin/next", "typegen"), tool("typescript/bin/tsc", "--noEmit"));
await check("lint", tool("oxlint/bin/oxlint", "--type-aware", "--deny-warnings"));
await check("format", tool("prettier/bin/prettier.cjs", "--check", "."));
await check("unused code", tool("knip/bin/knip.js"));
suites.push({ name: "build", ...one(await build()) });
await vitest("unit", minutes(10));
await vitest("integration", minutes(15));
await journeys(minutes(30));
const isSlowToo = process.argv.includes("--slow");
if (isSlowToo) await vitest("slow", minutes(38));
const ran = suites.flatMap(({ tests }) => tests);
const gaps = unproved(allProofs(), ran, { ranSlow: isSlowToo });
suites.push({ name: "proof tables", ...one(gaps.length === 0) });

// Said once more at the end, where the run is read from when only its last lines are kept.
for (const { file, title, why } of ran.filter(({ outcome }) => outcome === "failed")) {
  console.log(`\n✗ ${file} › ${title}\n${why}`);
}
for (const gap of gaps) console.log(`\n✗ docs/proof: ${gap}`);

const line = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
const total = (key) => suites.reduce((sum, suite) => sum + suite[key], 0);
console.log("");
for (const suite of suites) console.log(`${suite.failed > 0 ? "✗" : "✓"} ${suite.name.padEnd(18)} ${line(suite)}`);
console.log(`\n${line({ passed: total("passed"), failed: total("failed"), skipped: total("skipped") })}`);
process.exitCode = total("failed") > 0 ? 1 : 0;
