import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const slow = "**/*.slow.test.ts";
const integration = "**/*.integration.test.ts";
const outside = ["**/node_modules/**", ".next/**", "dist/**", ".cache/**", "e2e/**"];

// unit: one module. integration: real sockets, disks and processes. slow: foreign judges (Apache Kafka, kcat),
// long simulations; run by `npm run test:slow`. Only unit tests take all processors: Vitest leaves one free, which the brokers of the others need.
export default defineConfig({
  resolve: {
    alias: {
      "@": fileURLToPath(new URL(".", import.meta.url)),
      "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)),
    },
  },
  test: {
    // Bounds end what hangs, and measure nothing: each is many times what a slow and busy machine takes.
    expect: { poll: { timeout: 60_000 } },
    // A simulated program that dies in the middle of a write leaves promises that nobody is left to handle.
    onUnhandledError: (error) => error.name !== "SimulatedDeath",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          maxWorkers: "100%",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...outside, slow, integration],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: [integration],
          exclude: outside,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        extends: true,
        test: {
          name: "slow",
          include: [slow],
          exclude: outside,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
          globalSetup: "server/testing/fetch-judges.ts",
        },
      },
    ],
  },
});
