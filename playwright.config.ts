import { defineConfig, devices } from "@playwright/test";

const executablePath = process.env.ODRADEK_CHROMIUM ?? "/usr/bin/chromium";

// Each journey file starts its own platform and console on free ports (e2e/): nothing is shared but the build.
export default defineConfig({
  testDir: "./e2e",
  outputDir: "test-results",
  workers: 2,
  // Bounds end what hangs, and measure nothing: a page may wait for a sweep of the cluster on a machine that is ten times slower.
  timeout: 600_000,
  expect: { timeout: 120_000 },
  reporter: [["list"]],
  use: {
    actionTimeout: 120_000,
    navigationTimeout: 120_000,
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    // What fades in has no contrast that axe could measure.
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
