import type { JobControl, JobDetail, JobState, JobSummary } from "../../../../lib/contracts/jobs.ts";
import { type Problem, problem } from "../../../../lib/problem.ts";
import { type Result, fail, succeed } from "../../../../lib/result.ts";
import type { Store } from "../store/store.ts";
import { type AnyJobKind, JobFailed, type JobRun, JobStopped } from "./job-kind.ts";
import { type JobPatch, JobStore, type StoredJob } from "./job-store.ts";
import { hasRoom, holderBefore } from "./job-places.ts";
import { controlsOf, isEnded, isUnderWay } from "./job-states.ts";
import { RateMeter } from "./rate-meter.ts";

/** A checkpoint that need not be durable is written at most this often. */
const SAVE_EVERY_MS = 1_000;

/** A job to begin. */
export type NewJob = {
  readonly kind: string;
  readonly cluster: string;
  readonly title: string;
  readonly detail: string;
  readonly actor: string;
  readonly input: unknown;
};

/** What the runner needs of the console. */
export type RunnerOptions = {
  readonly kinds: readonly AnyJobKind[];
  readonly nowMs?: () => number;
  /** A job changed: its state, or how far it is. */
  readonly onChange: (cluster: string) => void;
  /** What a job threw that is no expected failure. */
  readonly onBug: (error: unknown, job: number) => void;
  /** Turns what a job threw into a problem; undefined for bugs. */
  readonly toProblem: (error: unknown, title: string) => Problem | undefined;
};

type Running = {
  readonly abort: AbortController;
  readonly meter: RateMeter;
  job: StoredJob;
  savedAtMs: number;
  done: Promise<void>;
};

/** Runs jobs that outlive the page, the tab and the process: their state is in the store, and what ran when the console died goes on from its last checkpoint. */
export class JobRunner {
  private readonly jobs: JobStore;
  private readonly kinds: ReadonlyMap<string, AnyJobKind>;
  private readonly running = new Map<number, Running>();
  private isStopped = true;
  private readonly nowMs: () => number;

  constructor(
    store: Store,
    private readonly options: RunnerOptions,
  ) {
    this.jobs = new JobStore(store);
    this.kinds = new Map(options.kinds.map((kind) => [kind.kind, kind]));
    this.nowMs = options.nowMs ?? Date.now;
  }

  /** Takes up what was under way when the console ended. */
  start(): void {
    this.isStopped = false;
    this.jobs.tidy(this.nowMs());
    for (const job of this.jobs.list()) {
      if (job.state !== "running" && job.state !== "pausing" && job.state !== "stopping") continue;
      const state = job.state === "pausing" ? "paused" : job.state === "stopping" ? "stopping" : "queued";
      this.jobs.save({ ...job, state });
      if (state === "queued") this.jobs.log(job.id, this.nowMs(), "Goes on after the console was started again.");
    }
    this.fill();
  }

  /** Interrupts what runs, so that it goes on at the next start; settles when all have let go. */
  async stop(): Promise<void> {
    this.isStopped = true;
    const all = [...this.running.values()];
    for (const { abort } of all) abort.abort();
    await Promise.all(all.map(({ done }) => done));
  }

  /** Puts a job in; it runs as soon as there is a place. */
  add(job: NewJob): JobSummary {
    const kind = this.kinds.get(job.kind);
    if (kind === undefined) throw new Error(`there is no kind of job ${job.kind}`);
    const progress = { done: 0, total: null, unit: kind.unit, note: null };
    const stored = this.jobs.add({ ...job, progress, createdAtMs: this.nowMs() });
    const holder = holderBefore(stored, this.places());
    if (holder) this.jobs.log(stored.id, this.nowMs(), `Waits until job ${holder.id} (${holder.title}) has ended.`);
    this.changed(stored);
    this.fill();
    return this.summaryOf(this.present(stored));
  }

  /** Jobs of a cluster: under way first, then the newest. */
  list(cluster: string): JobSummary[] {
    const own = this.jobs.list().filter((job) => job.cluster === cluster);
    const [underWay, ended] = [own.filter(({ state }) => isUnderWay(state)), own.filter(({ state }) => isEnded(state))];
    return [...underWay, ...ended].map((job) => this.summaryOf(this.present(job)));
  }

  find(cluster: string, id: number): JobDetail | undefined {
    const job = this.jobs.find(id);
    if (job === undefined || job.cluster !== cluster) return undefined;
    return { ...this.summaryOf(this.present(job)), log: this.jobs.lines(id) };
  }

  /** What a job was begun with; undefined when there is no such job. */
  inputOf(id: number): unknown {
    return this.jobs.find(id)?.input;
  }

  /** Adds a line to the log of a job, if it is there still: another job did something for it. */
  note(cluster: string, id: number, text: string): void {
    if (this.jobs.find(id)?.cluster !== cluster) return;
    this.jobs.log(id, this.nowMs(), text);
    this.options.onChange(cluster);
  }

  /** What a job was given and where it is, as its kind wrote it down. */
  stored(cluster: string, id: number): Pick<StoredJob, "kind" | "input" | "checkpoint"> | undefined {
    const job = this.jobs.find(id);
    return job?.cluster === cluster ? this.present(job) : undefined;
  }

  /** How many jobs run now, of all clusters, that share the places. */
  get runningCount(): number {
    return [...this.running.values()].filter(({ job }) => this.kinds.get(job.kind)?.runningMax === undefined).length;
  }

  /** Pauses, resumes, cancels, repeats or forgets a job. Answers at once; the job itself ends at its next step. */
  control(cluster: string, id: number, control: JobControl, actor: string): Result<JobSummary> {
    const stored = this.jobs.find(id);
    if (stored === undefined || stored.cluster !== cluster) return fail(jobNotFound(id));
    const job = this.present(stored);
    if (!controlsOf(job.state).includes(control)) return fail(notPossible(job, control));
    const state = this.nextState(job, control);
    if (state === undefined) {
      this.jobs.forget(id);
      this.options.onChange(cluster);
      return succeed(this.summaryOf(job));
    }
    this.jobs.log(id, this.nowMs(), `${wordOf[control]} by ${actor}.`);
    const next = this.update(job, {
      state,
      ...(isEnded(state) && { endedAtMs: this.nowMs() }),
      ...freshStart(control),
    });
    if (control === "pause" || control === "cancel") this.running.get(id)?.abort.abort();
    this.fill();
    return succeed(this.summaryOf(this.present(next)));
  }

  /** Settles when a job does not run any more: for tests and for commands that wait. */
  async settled(id: number): Promise<void> {
    await this.running.get(id)?.done;
  }

  private nextState(job: StoredJob, control: JobControl): JobState | undefined {
    switch (control) {
      case "pause":
        return this.running.has(job.id) ? "pausing" : "paused";
      case "resume":
      case "retry":
        return "queued";
      case "cancel":
        return this.running.has(job.id) || this.kinds.get(job.kind)?.hasUndo === true ? "stopping" : "cancelled";
      case "forget":
        return undefined;
    }
  }

  /** Starts what waits, the oldest first, while there are places. */
  private fill(): void {
    if (this.isStopped) return;
    const waiting = this.jobs
      .list()
      .filter(({ id, state }) => !this.running.has(id) && (state === "queued" || state === "stopping"));
    for (const job of waiting.toReversed()) if (this.hasPlace(job)) this.launch(job);
  }

  private places() {
    return {
      kinds: this.kinds,
      jobs: this.jobs.list().map((job) => this.present(job)),
      isRunning: (id: number) => this.running.has(id),
    };
  }

  /** One that is cancelled has what it must give back: it waits for nobody. */
  private hasPlace(job: StoredJob): boolean {
    const places = this.places();
    return hasRoom(job, places) && (job.state === "stopping" || holderBefore(job, places) === undefined);
  }

  private launch(job: StoredJob): void {
    const abort = new AbortController();
    const running: Running = { abort, meter: new RateMeter(), job, savedAtMs: this.nowMs(), done: Promise.resolve() };
    this.running.set(job.id, running);
    if (job.state === "queued")
      this.update(job, { state: "running", startedAtMs: job.startedAtMs ?? this.nowMs(), problem: null });
    running.done = this.perform(running).finally(() => {
      this.running.delete(job.id);
      this.changed(running.job);
      this.fill();
    });
  }

  private async perform(running: Running): Promise<void> {
    try {
      const kind = this.kinds.get(running.job.kind);
      if (kind === undefined) throw new JobFailed(unknownKind(running.job));
      const isWhole = running.job.state !== "stopping" && (await this.runUntilStopped(kind, running));
      if (isCancelled(running)) {
        await kind.undo(factsOf(running.job), (text) => this.jobs.log(running.job.id, this.nowMs(), text));
        this.end(running, "cancelled");
      } else if (isWhole) this.end(running, "completed");
      else this.interrupted(running);
    } catch (error) {
      this.failed(running, error);
    }
  }

  /** False when it was stopped on its way. */
  private async runUntilStopped(kind: AnyJobKind, running: Running): Promise<boolean> {
    try {
      await kind.run(factsOf(running.job), this.handleOf(running));
      return true;
    } catch (error) {
      if (error instanceof JobStopped || running.abort.signal.aborted) return false;
      throw error;
    }
  }

  private handleOf(running: Running): JobRun<unknown> {
    const { id } = running.job;
    return {
      signal: running.abort.signal,
      log: (text) => this.jobs.log(id, this.nowMs(), text),
      checkpoint: (checkpoint, progress, { isDurable = false } = {}) => {
        const nowMs = this.nowMs();
        running.meter.tell(progress.done, nowMs);
        running.job = { ...running.job, checkpoint, progress };
        if (isDurable || nowMs - running.savedAtMs >= SAVE_EVERY_MS || running.abort.signal.aborted) {
          running.savedAtMs = nowMs;
          this.jobs.save(running.job);
          this.changed(running.job);
        }
        if (running.abort.signal.aborted) throw new JobStopped();
      },
    };
  }

  /** Paused, or the console ends: then it stays `running` in the store and goes on at the next start. */
  private interrupted({ job }: Running): void {
    this.jobs.save({ ...job, state: job.state === "pausing" ? "paused" : job.state });
  }

  private end(running: Running, state: "completed" | "cancelled"): void {
    running.job = { ...running.job, state, endedAtMs: this.nowMs() };
    this.jobs.save(running.job);
  }

  private failed(running: Running, error: unknown): void {
    const { job } = running;
    // The console ends, and took the connections away: the job goes on at the next start.
    if (this.isStopped) return this.interrupted(running);
    const title = `${job.title} did not end well`;
    const expected = error instanceof JobFailed ? error.problem : this.options.toProblem(error, title);
    if (expected === undefined) this.options.onBug(error, job.id);
    const detail = error instanceof Error ? error.message : String(error);
    const found = expected ?? problem({ code: "internal", title, detail });
    this.jobs.log(job.id, this.nowMs(), found.detail);
    running.job = { ...job, state: "failed", problem: found, endedAtMs: this.nowMs() };
    this.jobs.save(running.job);
  }

  private update(job: StoredJob, patch: JobPatch): StoredJob {
    const next = { ...job, ...patch };
    const running = this.running.get(job.id);
    if (running) running.job = next;
    this.jobs.save(next);
    this.changed(next);
    return next;
  }

  private changed(job: StoredJob): void {
    this.options.onChange(job.cluster);
  }

  /** The job as it is now: what runs is ahead of the store. */
  private present(job: StoredJob): StoredJob {
    return this.running.get(job.id)?.job ?? job;
  }

  private summaryOf(job: StoredJob): JobSummary {
    const {
      id,
      kind,
      cluster,
      title,
      detail,
      state,
      progress,
      problem: cause,
      actor,
      createdAtMs,
      startedAtMs,
      endedAtMs,
    } = job;
    const meter = this.running.get(id)?.meter;
    return {
      ...{ id, kind, cluster, title, detail, state, problem: cause, actor, createdAtMs, startedAtMs, endedAtMs },
      progress: {
        ...progress,
        ratePerSecond: meter?.perSecond ?? null,
        etaMs: meter?.etaMs(progress.done, progress.total) ?? null,
        rates: [...(meter?.rates ?? [])],
      },
      controls: controlsOf(state),
      cancelMeans: this.kinds.get(kind)?.cancelMeans ?? null,
    };
  }
}

/** Asked anew after the job has run: it may have been cancelled on its way. */
function isCancelled({ job }: Running): boolean {
  return job.state === "stopping";
}

const wordOf: Readonly<Record<JobControl, string>> = {
  pause: "Paused",
  resume: "Resumed",
  cancel: "Stopped",
  retry: "Started again",
  forget: "Forgotten",
};

function freshStart(control: JobControl): JobPatch {
  return control === "retry" ? { endedAtMs: null, problem: null } : {};
}

function factsOf({ id, cluster, input, checkpoint }: StoredJob) {
  return { id, cluster, input, checkpoint };
}

/** The problem of a job that is not there. */
export function jobNotFound(id: number): Problem {
  return problem({
    code: "job-not-found",
    title: `There is no job ${id}`,
    detail: "It was forgotten, or it belongs to another cluster.",
  });
}

function notPossible(job: StoredJob, control: JobControl): Problem {
  return problem({
    code: "not-possible",
    title: `${job.title} was not changed`,
    detail: `A job that is ${job.state} takes no ${control}.`,
    suggestion: "Look at the job again: it went on meanwhile.",
  });
}

function unknownKind({ kind, title }: StoredJob): Problem {
  return problem({
    code: "unsupported-by-cluster",
    title: `${title} cannot go on`,
    detail: `This console knows no job of kind ${kind}. A newer console began it.`,
  });
}
