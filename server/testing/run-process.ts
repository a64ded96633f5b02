import { spawn } from "node:child_process";

/** How a finished program ended. `exitCode` is null when a signal or the time limit ended it. */
export type Finished = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string };

/** What a program is given besides its arguments. `leave` asks one to end that would go on; `limitMs` (400 s when absent) ends one that hangs. */
export type RunOptions = {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly leave?: AbortSignal;
  readonly limitMs?: number;
};

/** Runs a program to its end; rejects only when it cannot be started. */
export function runProcess(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      timeout: options.limitMs ?? 400_000,
      killSignal: "SIGKILL",
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    options.leave?.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
    // A program that ends without reading its input closes the pipe; that is its right.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.stdin ?? "");
  });
}
