// Child processes and progress for the bootstrap: one line when a step starts, one when it ends.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The repository, or the installed package. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs a program in the repository, in a process group of its own so that nothing it started outlives it.
 * `show` passes its output through; otherwise the output is returned. `limitMs` ends a run that hangs.
 */
export function run(command, args, { show = false, env = {}, limitMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
      detached: true,
    });
    let output = "";
    let limit;
    const note = (text) => {
      output += text;
      if (show) process.stdout.write(text);
    };
    const finish = (ok) => {
      clearTimeout(limit);
      killGroup(child);
      for (const signal of signals) process.off(signal, stop);
      resolve({ ok, output });
    };
    const stop = () => {
      killGroup(child);
      process.exit(130);
    };
    for (const signal of signals) process.on(signal, stop);
    if (limitMs) {
      limit = setTimeout(() => {
        note(`${command} was ended: not finished after ${seconds(limitMs)}\n`);
        finish(false);
      }, limitMs);
    }
    child.stdout?.setEncoding("utf8").on("data", (text) => (output += text));
    child.stderr?.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("error", (error) => {
      note(`${error.message}\n`);
      finish(false);
    });
    child.on("close", (code) => finish(code === 0));
  });
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

function killGroup(child) {
  try {
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group is gone already.
  }
}

/** Announces `what`, does it, and says how long it took; on a terminal the seconds count up meanwhile. */
export async function step(what, work) {
  const started = Date.now();
  const elapsed = () => seconds(Date.now() - started);
  console.log(`  ${what} …`);
  const ticks = process.stdout.isTTY ? setInterval(() => process.stdout.write(`\r    ${elapsed()} `), 1000) : undefined;
  const result = await work();
  clearInterval(ticks);
  console.log(`${ticks ? "\r" : ""}${result.ok ? "✓" : "✗"} ${what}, ${elapsed()}`);
  return result;
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}
