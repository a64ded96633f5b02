import { fileURLToPath } from "node:url";
import type { PlatformOptions } from "../../lib/contracts/platform-options.ts";
import type { Report } from "./report.ts";
import { SupervisedProcess } from "./supervised-process.ts";

/** Threads that Node shares for files, DNS and compression; all threads of a process use the same few. */
const THREAD_POOL_SIZE = "16";

/** What to keep running; at least one of the two. `console.options` goes to the console as it is (ConsoleOptions of server/console). */
export type SupervisorPlan = {
  readonly platform: PlatformOptions | undefined;
  readonly console:
    | {
        readonly host: string;
        readonly port: number;
        readonly optionsFor: (bootstrapServers: readonly string[]) => object;
      }
    | undefined;
  readonly report: Report;
};

/** Where things can be reached once all runs. */
export type Addresses = { readonly bootstrapServers: readonly string[]; readonly consoleUrl: string | undefined };

/** Starts platform and console, brings back what dies, stops the console first and the platform last. */
export class Supervisor {
  private platform: SupervisedProcess | undefined;
  private console: SupervisedProcess | undefined;
  private bootstrapServers: readonly string[] = [];
  private consoleUrl: string | undefined;
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly plan: SupervisorPlan,
    private readonly onDown: () => void,
  ) {}

  /** Settles when all serves. Rejects with the `Failure` of what could not start; then nothing is left running. */
  async start(): Promise<Addresses> {
    try {
      if (this.plan.platform) {
        this.platform = this.platformProcess(this.plan.platform);
        await this.platform.start();
      }
      if (this.plan.console) {
        this.console = this.consoleProcess(this.plan.console);
        await this.console.start();
      }
    } catch (failure) {
      await this.stop();
      throw failure;
    }
    return { bootstrapServers: this.bootstrapServers, consoleUrl: this.consoleUrl };
  }

  /** Stops all in order; a second call waits for the first. */
  stop(): Promise<void> {
    this.stopping ??= (async () => {
      await this.console?.stop();
      await this.platform?.stop();
    })();
    return this.stopping;
  }

  /** Ends all at once. */
  kill(): void {
    this.console?.kill();
    this.platform?.kill();
  }

  private platformProcess(options: PlatformOptions): SupervisedProcess {
    const { report } = this.plan;
    return new SupervisedProcess({
      name: "platform",
      entry: sibling("platform.js"),
      env: { UV_THREADPOOL_SIZE: THREAD_POOL_SIZE },
      startMessage: { type: "start", options },
      onMessage: (message) => {
        if (message.type === "ready" && "bootstrapServers" in message && isTexts(message.bootstrapServers)) {
          this.bootstrapServers = message.bootstrapServers;
          this.platform?.tell({ type: "console", url: this.consoleUrl ?? null });
        } else if (message.type === "role-died" && "role" in message && "detail" in message) {
          report.warning(`${String(message.role)} ended and is started again: ${String(message.detail)}`);
        } else if (message.type === "down") {
          this.onDown();
        }
      },
      onDeath: (reason) =>
        report.warning(`The platform ended (${reason}) and is started again.`, { process: "platform" }),
    });
  }

  private consoleProcess({ host, port, optionsFor }: NonNullable<SupervisorPlan["console"]>): SupervisedProcess {
    const { report } = this.plan;
    return new SupervisedProcess({
      name: "console",
      entry: sibling("console.js"),
      env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", MALLOC_ARENA_MAX, NODE_OPTIONS },
      startMessage: { type: "start", host, port, options: optionsFor(this.bootstrapServers) },
      onMessage: (message) => {
        if (message.type !== "ready" || !("port" in message)) return;
        this.consoleUrl = `http://${host.includes(":") ? `[${host}]` : host}:${String(message.port)}`;
        this.platform?.tell({ type: "console", url: this.consoleUrl });
      },
      onDeath: (reason) =>
        report.warning(`The console ended (${reason}) and is started again.`, { process: "console" }),
    });
  }
}

/** With an arena for each thread glibc keeps what searches and pages have given back many times over; other systems do not look at it. */
const MALLOC_ARENA_MAX = process.env["MALLOC_ARENA_MAX"] ?? "2";

/**
 * V8 lets a heap that may grow to 2 GB or more become four times what is alive in it before it looks for what is not; below that limit, less than
 * twice. The console has some 80 MB alive. What the user gives comes after, and wins.
 */
const NODE_OPTIONS = `--max-old-space-size=1536 --max-semi-space-size=8 ${process.env["NODE_OPTIONS"] ?? ""}`.trim();

function sibling(file: string): string {
  return fileURLToPath(new URL(`./${file}`, import.meta.url));
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
