import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Odradek, startOdradek } from "../testing/odradek.ts";
import { runProcess } from "../testing/run-process.ts";
import { until } from "../testing/until.ts";

const tree = fileURLToPath(new URL("../..", import.meta.url));
const MEGABYTE = 1024 * 1024;

let directory = "";
let tarball = "";
const started: Odradek[] = [];

/** Runs a program that must succeed; gives what it wrote to stdout. An install may have to fetch packages. */
async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess(command, args, { cwd });
  if (exitCode !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${exitCode}:\n${stdout}${stderr}`);
  return stdout;
}

/** Every file below a directory with its size and the time of its last change. */
function contentOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => {
    const { size, mtimeMs } = statSync(join(folder, name));
    return `${name} ${size} ${mtimeMs}`;
  });
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "odradek-package-"));
  await run("npm", ["pack", "--ignore-scripts", "--pack-destination", directory], tree);
  tarball = join(directory, readdirSync(directory).find((name) => name.endsWith(".tgz")) ?? "no tarball");
});

afterAll(async () => {
  for (const odradek of started) await odradek.dispose();
  await runProcess("chmod", ["-R", "u+w", directory]);
  rmSync(directory, { recursive: true, force: true });
});

describe("the npm package", () => {
  test("is small and has what runs, not what builds", async () => {
    expect(statSync(tarball).size).toBeLessThan(25 * MEGABYTE);
    const files = (await run("tar", ["tzf", tarball], directory)).split("\n");
    expect(files).toEqual(
      expect.arrayContaining(["package/bin/odradek.mjs", "package/dist/cli.js", "package/.next/BUILD_ID"]),
    );
    expect(files.filter((file) => /\.next\/(cache|dev|trace)|\.(map|test\.ts|tsx)$|\.nft\.json$/.test(file))).toEqual(
      [],
    );
  });

  test("runs with npx from an install that nobody may write to, with the network's registry out of reach", async () => {
    const home = join(directory, "empty");
    await run("mkdir", [home], directory);
    await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", tarball], home);
    await run("chmod", ["-R", "a-w", join(home, "node_modules")], home);
    writeFileSync(join(home, ".npmrc"), "offline=true\n");
    const before = contentOf(join(home, "node_modules/odradek"));

    const odradek = await startOdradek({ isConsoleOn: true, run: { command: ["npx", "odradek"], cwd: home } });
    started.push(odradek);
    const admin = new Kafka({ brokers: odradek.bootstrap.split(","), logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: "from.the.package" }], waitForLeaders: true });
    await admin.disconnect();
    // The list may be of a sweep before the topic was made.
    await until(async () => {
      const page = await fetch(`${odradek.consoleUrl}/local/topics`);
      expect(page.status).toBe(200);
      return (await page.text()).includes("from.the.package");
    });
    await odradek.stop();

    expect(contentOf(join(home, "node_modules/odradek"))).toEqual(before);
  });
});
