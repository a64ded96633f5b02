import { type ChildProcess, fork } from "node:child_process";
import { RestartPause } from "../../lib/restart-pause.ts";

/** A clean stop that takes longer is ended by force. */
const STOP_LIMIT_MS = 30_000;

/** A failure for people: what failed, why, what to do. */
export type Failure = { readonly title: string; readonly detail: string; readonly suggestion: string };

/** A process to keep alive. It tells `ready` when it serves, or `failed` before it ends by itself. */
export type ProcessPlan = {
  readonly name: string;
  /** The bundled entry file. */
  readonly entry: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Sent first, at every start. */
  readonly startMessage: object;
  /** Told each message but `failed`, `ready` included. */
  readonly onMessage: (message: { readonly type: string }) => void;
  /** Told when it died by itself after it had once served. */
  readonly onDeath: (reason: string) => void;
};

/** Runs one process, brings it back when it dies by itself, and stops it cleanly. Its children die with it. */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private failure: Failure | undefined;
  private readonly pause = new RestartPause();
  private startedMs = 0;
  private isStopping = false;
  private restartTimer: NodeJS.Timeout | undefined;
  private settleStart: { resolve(): void; reject(failure: Failure): void } | undefined;
  private settleStop: (() => void) | undefined;

  constructor(private readonly plan: ProcessPlan) {}

  /** Settles at the first `ready`. Rejects with its `Failure` when the first start fails; later ones are tried again. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.settleStart = { resolve, reject };
      this.launch();
    });
  }

  /** Tells the process something; dropped while it is away. */
  tell(message: object): void {
    if (this.child?.connected) this.child.send(message);
  }

  /** Asks for a clean stop and settles when the process has ended. */
  stop(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.restartTimer);
    const { child } = this;
    if (child === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const force = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
      this.settleStop = () => {
        clearTimeout(force);
        resolve();
      };
      this.tell({ type: "stop" });
    });
  }

  /** Ends the process at once. */
  kill(): void {
    this.isStopping = true;
    clearTimeout(this.restartTimer);
    this.child?.kill("SIGKILL");
  }

  private launch(): void {
    this.failure = undefined;
    this.startedMs = Date.now();
    const child = fork(this.plan.entry, [], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: { ...process.env, ...this.plan.env },
    });
    this.child = child;
    child.on("message", (message: { readonly type: string } & Partial<Failure>) => this.take(message));
    child.on("error", (error) => {
      this.failure = {
        title: `The ${this.plan.name} cannot be started`,
        detail: error.message,
        suggestion: "Run npm start again to rebuild.",
      };
    });
    child.once("exit", (code, signal) => this.ended(signal ?? `exit code ${code}`));
    child.send(this.plan.startMessage);
  }

  private take(message: { readonly type: string } & Partial<Failure>): void {
    if (message.type === "failed") {
      const { title = `The ${this.plan.name} failed`, detail = "", suggestion = "" } = message;
      this.failure = { title, detail, suggestion };
      return;
    }
    this.plan.onMessage(message);
    if (message.type !== "ready") return;
    this.settleStart?.resolve();
    this.settleStart = undefined;
  }

  private ended(reason: string): void {
    this.child = undefined;
    if (this.isStopping) {
      this.settleStop?.();
      return;
    }
    if (this.settleStart) {
      this.settleStart.reject(
        this.failure ?? {
          title: `The ${this.plan.name} ended while it started`,
          detail: reason,
          suggestion: "See the lines above.",
        },
      );
      this.settleStart = undefined;
      return;
    }
    const pauseMs = this.pause.next(Date.now() - this.startedMs);
    this.restartTimer = setTimeout(() => this.launch(), pauseMs);
    this.plan.onDeath(this.failure ? `${this.failure.title}. ${this.failure.detail}` : reason);
  }
}
