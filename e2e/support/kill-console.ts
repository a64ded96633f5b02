import { runProcess } from "../../server/testing/run-process.ts";
import { expect, type Stage } from "./journey.ts";

/** Kills the console's process as the kernel does where memory is short; its supervisor brings it back. */
export async function killConsole({ odradek }: Stage): Promise<void> {
  const { stdout } = await runProcess("pgrep", ["-P", String(odradek.supervisor.pid), "-f", "dist/console.js"]);
  const consoleId = Number(stdout.trim());
  expect(consoleId).toBeGreaterThan(0);
  process.kill(consoleId, "SIGKILL");
}
