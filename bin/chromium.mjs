// Finds a Chromium for the journeys: the system's, else apt-get's when root on Linux, else Playwright's own download.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, step } from "./run.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macApplications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The path of a Chromium, installed if need be; undefined when none can be had. */
export async function chromium() {
  const present = process.env.ODRADEK_CHROMIUM ?? (await findChromium());
  if (present) return present;
  await step("Getting Chromium", fetchChromium);
  return findChromium();
}

async function findChromium() {
  const inPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const { chromium: playwright } = await import("@playwright/test");
  return [...inPath, ...macApplications, playwright.executablePath()].find((path) => existsSync(path));
}

async function fetchChromium() {
  if (process.platform === "linux" && process.getuid() === 0) {
    const apt = await run("sh", [
      "-c",
      "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium",
    ]);
    if (apt.ok) return apt;
  }
  return run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"], { limitMs: 600_000 });
}
