import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type PlatformStatus, controlResponse } from "../../lib/contracts/control.ts";
import { askPlatform } from "../console/control-client.ts";
import { freePorts, freePortsInARow } from "./free-ports.ts";

/** The executable of the package; it needs `dist/`, and `.next/` for the console. */
export const executable = fileURLToPath(new URL("../../bin/odradek.mjs", import.meta.url));

/** How to start it. Ports are free ones and the data directory is new, unless one is given. */
export type OdradekOptions = {
  /** All of them; free ports when absent. */
  readonly flags?: readonly string[];
  /** Beside the ports. */
  readonly extraFlags?: readonly string[];
  readonly dataDirectory?: string;
  readonly isConsoleOn?: boolean;
  /** Another way to run it than this tree's executable: a program with its first arguments, in a directory. */
  readonly run?: { readonly command: readonly [string, ...string[]]; readonly cwd: string };
};

/** The product, running as a user runs it, in a process group of its own. */
export type Odradek = {
  readonly consoleUrl: string;
  readonly bootstrap: string;
  readonly dataDirectory: string;
  /** The flags that it was started with, to start it again on the same ports. */
  readonly flags: readonly string[];
  readonly supervisor: ChildProcess;
  /** What it wrote so far. */
  output(): string;
  /** Settles with the parsed line of which `message` contains the text, past or future. */
  line(text: string): Promise<Record<string, unknown>>;
  status(): Promise<PlatformStatus>;
  /** Ctrl-C, and waits for the end. Returns the exit code. The data directory stays. */
  stop(): Promise<number | null>;
  /** Stops if need be and removes the data directory. */
  dispose(): Promise<void>;
};

/** A start that failed: its exit code and all that it wrote. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
  constructor(
    readonly exitCode: number | null,
    readonly output: string,
  ) {
    super(`odradek up ended with ${exitCode}:\n${output}`);
  }
}

/** Starts `odradek up` and settles when it says that it is ready; rejects with StartFailure when it ends instead. */
export async function startOdradek(options: OdradekOptions = {}): Promise<Odradek> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), "odradek-"));
  const own = [...(options.flags ?? (await portFlags())), ...(options.extraFlags ?? [])];
  const flags = [...own, ...(options.isConsoleOn === true ? [] : ["--no-console"])];
  const [program, ...first] = options.run?.command ?? [process.execPath, executable];
  const args = [...first, "up", "--data", dataDirectory, "--log-format", "json", ...flags];
  const cwd = options.run?.cwd ?? process.cwd();
  const supervisor = spawn(program, args, { detached: true, stdio: ["ignore", "pipe", "pipe"], cwd });
  const lines = new Lines(supervisor);
  const ready = await lines.find("ready");
  const { bootstrapServers, consoleUrl } = ready;
  const stop = () => endBy(supervisor, "SIGINT");
  return {
    consoleUrl: typeof consoleUrl === "string" ? consoleUrl : "",
    bootstrap: Array.isArray(bootstrapServers) ? bootstrapServers.join(",") : "",
    dataDirectory,
    flags: own,
    supervisor,
    output: () => lines.text,
    line: (text) => lines.find(text),
    status: () => statusOf(dataDirectory),
    stop,
    dispose: async () => {
      await stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** As many brokers as a test may ask for or add. */
const BROKERS_MAX = 6;

/** Flags that choose free ports for everything. */
export async function portFlags(): Promise<readonly string[]> {
  const [port, controller] = await freePorts(2);
  const kafka = await freePortsInARow(BROKERS_MAX);
  const internal = await freePortsInARow(BROKERS_MAX);
  return [`--port=${port}`, `--kafka-port=${kafka}`, `--internal-port=${internal}`, `--controller-port=${controller}`];
}

async function statusOf(dataDirectory: string): Promise<PlatformStatus> {
  const answer = controlResponse.parse(await askPlatform(dataDirectory, { command: "status" }));
  if (!answer.ok) throw new Error(`${answer.title}: ${answer.detail}`);
  return answer.status;
}

async function endBy(child: ChildProcess, signal: "SIGINT"): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  if (child.pid !== undefined) process.kill(-child.pid, signal);
  return ended;
}

/** The JSON lines of a program, and who waits for one of them. */
class Lines {
  text = "";
  private readonly parsed: Record<string, unknown>[] = [];
  private readonly waiting = new Set<{
    message: string;
    resolve(line: Record<string, unknown>): void;
    reject(error: Error): void;
  }>();
  private failure: StartFailure | undefined;

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", (line) => this.take(line));
    }
    child.once("close", (exitCode) => {
      this.failure = new StartFailure(exitCode, this.text);
      for (const waiter of this.waiting) waiter.reject(this.failure);
    });
  }

  find(message: string): Promise<Record<string, unknown>> {
    const known = this.parsed.find((line) => String(line.message).includes(message));
    if (known) return Promise.resolve(known);
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.waiting.add({ message, resolve, reject });
    });
  }

  private take(text: string): void {
    this.text += `${text}\n`;
    const line = parsed(text);
    this.parsed.push(line);
    for (const waiter of this.waiting) {
      if (!String(line.message).includes(waiter.message)) continue;
      this.waiting.delete(waiter);
      waiter.resolve(line);
    }
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return { message: text };
  }
}
