import { fork } from "node:child_process";
import { Worker } from "node:worker_threads";
import type { ConnectionFacts } from "../broker/network/connection-facts.ts";
import type { Failure, RoleListener, RoleOrder, RoleReport, RoleStart } from "../broker/role-messages.ts";
import { RestartPause } from "../../lib/restart-pause.ts";

/** A clean stop that takes longer is ended by force: recovery repairs what it left. */
const STOP_LIMIT_MS = 20_000;

/** A controller or broker to run. */
export type RolePlan = {
  readonly name: string;
  readonly kind: "controller" | "broker";
  /** The bundled entry file. */
  readonly entry: string;
  readonly options: RoleStart;
};

/** How a role runs: in a thread of the platform, or as a process of its own, which can be paused and killed alone. */
export type Isolation = "thread" | "process";

type Running = { post(order: RoleOrder): void; kill(): void };

/** A question about connections, with what came of its answer so far. */
type Question = {
  readonly told: ConnectionFacts[];
  readonly settle: (connections: readonly ConnectionFacts[] | undefined) => void;
};

/** Runs one role, brings it back when it dies by itself, and stops it cleanly. */
export class Role {
  state: "starting" | "running" | "restarting" | "stopped" = "stopped";
  listeners: readonly RoleListener[] = [];
  restarts = 0;
  private running: Running | undefined;
  private failure: Failure | undefined;
  private readonly pause = new RestartPause();
  private startedMs = 0;
  private restartTimer: NodeJS.Timeout | undefined;
  private settleStart: { resolve(): void; reject(failure: Failure): void } | undefined;
  private settleStop: (() => void) | undefined;
  private readonly questions = new Map<number, Question>();
  private lastQuestion = 0;

  constructor(
    readonly plan: RolePlan,
    private readonly isolation: Isolation,
    private readonly onChange: (
      role: Role,
      event: { readonly died: boolean; readonly failure: Failure | undefined },
    ) => void,
  ) {}

  /** Settles when the role serves. Rejects with its `Failure` when the first start fails; later ones are tried again. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.settleStart = { resolve, reject };
      this.launch("starting");
    });
  }

  /** Asks for a clean stop and settles when the role has ended. */
  stop(): Promise<void> {
    clearTimeout(this.restartTimer);
    const { running } = this;
    if (running === undefined) {
      this.state = "stopped";
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const force = setTimeout(() => running.kill(), STOP_LIMIT_MS);
      this.settleStop = () => {
        clearTimeout(force);
        resolve();
      };
      running.post({ type: "stop" });
    });
  }

  /** Who is connected to it now; undefined when it does not run, or ended meanwhile. */
  connections(): Promise<readonly ConnectionFacts[] | undefined> {
    const { running } = this;
    if (running === undefined || this.state !== "running") return Promise.resolve(undefined);
    return new Promise((settle) => {
      const id = (this.lastQuestion += 1);
      this.questions.set(id, { told: [], settle });
      running.post({ type: "list-connections", id });
    });
  }

  private launch(state: "starting" | "restarting"): void {
    this.state = state;
    this.failure = undefined;
    this.startedMs = Date.now();
    this.running = this.isolation === "thread" ? this.launchThread() : this.launchProcess();
  }

  private launchThread(): Running {
    const worker = new Worker(this.plan.entry, { workerData: this.plan.options, name: this.plan.name });
    worker.on("message", (message: RoleReport) => this.take(message));
    worker.on("error", (error: Error) => this.note(error.stack ?? error.message));
    worker.on("exit", () => this.ended());
    return { post: (order) => worker.postMessage(order), kill: () => void worker.terminate() };
  }

  private launchProcess(): Running {
    const child = fork(this.plan.entry, [], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    child.on("message", (message: RoleReport) => this.take(message));
    child.on("error", (error: Error) => this.note(error.stack ?? error.message));
    child.on("exit", (_code, signal) => {
      if (signal !== null) this.note(`The process was ended by ${signal}.`);
      this.ended();
    });
    child.send({ type: "start", options: this.plan.options });
    return { post: (order) => child.connected && child.send(order), kill: () => child.kill("SIGKILL") };
  }

  private take(message: RoleReport): void {
    if (message.type === "failed") {
      this.failure = { title: message.title, detail: message.detail, suggestion: message.suggestion };
      return;
    }
    if (message.type === "connections") {
      const question = this.questions.get(message.id);
      question?.told.push(...message.connections);
      if (!message.isLast) return;
      this.questions.delete(message.id);
      question?.settle(question.told);
      return;
    }
    this.state = "running";
    this.listeners = message.listeners;
    this.settleStart?.resolve();
    this.settleStart = undefined;
    this.onChange(this, { died: false, failure: undefined });
  }

  private note(detail: string): void {
    this.failure ??= {
      title: `${this.plan.name} ended unexpectedly`,
      detail,
      suggestion: "It is started again. If this repeats, report it with these lines.",
    };
  }

  private ended(): void {
    this.running = undefined;
    this.listeners = [];
    for (const { settle } of this.questions.values()) settle(undefined);
    this.questions.clear();
    if (this.settleStop) {
      this.state = "stopped";
      this.settleStop();
      this.settleStop = undefined;
      return;
    }
    const failure = this.failure ?? {
      title: `${this.plan.name} ended unexpectedly`,
      detail: "It gave no reason.",
      suggestion: "See the lines above.",
    };
    if (this.settleStart) {
      this.state = "stopped";
      this.settleStart.reject(failure);
      this.settleStart = undefined;
      return;
    }
    const pauseMs = this.pause.next(Date.now() - this.startedMs);
    this.restarts += 1;
    this.state = "restarting";
    this.restartTimer = setTimeout(() => this.launch("restarting"), pauseMs);
    this.onChange(this, { died: true, failure });
  }
}
