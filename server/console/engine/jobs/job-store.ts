import type { JobState } from "../../../../lib/contracts/jobs.ts";
import { type Problem, problemSchema } from "../../../../lib/problem.ts";
import type { Store } from "../store/store.ts";

/** Lines of a job's log that are kept. */
const LOG_LINES_MAX = 200;
/** Ended jobs that are kept, and for how long. */
const ENDED_MAX = 300;
const ENDED_KEPT_MS = 30 * 86_400_000;

/** Where a job is on its way. */
export type StoredProgress = {
  readonly done: number;
  readonly total: number | null;
  readonly unit: string;
  readonly note: string | null;
};

/** A job as the store has it. */
export type StoredJob = {
  readonly id: number;
  readonly kind: string;
  readonly cluster: string;
  readonly title: string;
  readonly detail: string;
  readonly actor: string;
  readonly state: JobState;
  readonly input: unknown;
  /** From where it goes on; null at the beginning. */
  readonly checkpoint: unknown;
  readonly progress: StoredProgress;
  readonly problem: Problem | null;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
};

/** What can change of a job. */
export type JobPatch = Partial<
  Pick<StoredJob, "state" | "checkpoint" | "progress" | "problem" | "startedAtMs" | "endedAtMs">
>;

/** Jobs and their logs in the store. */
export class JobStore {
  private readonly statements: ReturnType<typeof prepareAll>;

  constructor(private readonly store: Store) {
    this.statements = prepareAll(store);
  }

  add(
    job: Pick<StoredJob, "kind" | "cluster" | "title" | "detail" | "actor" | "input" | "progress" | "createdAtMs">,
  ): StoredJob {
    const { kind, cluster, title, detail, actor, input, progress, createdAtMs } = job;
    const { id } = this.statements.add.run(
      kind,
      cluster,
      title,
      detail,
      actor,
      JSON.stringify(input),
      JSON.stringify(progress),
      createdAtMs,
    );
    return { ...job, id, state: "queued", checkpoint: null, problem: null, startedAtMs: null, endedAtMs: null };
  }

  find(id: number): StoredJob | undefined {
    const row = this.statements.find.first(id);
    return row && jobOf(row);
  }

  /** All jobs, the newest first. */
  list(): StoredJob[] {
    return this.statements.list.all().map(jobOf);
  }

  save({ id, state, checkpoint, progress, problem, startedAtMs, endedAtMs }: StoredJob): void {
    this.statements.save.run(
      state,
      checkpoint === null ? null : JSON.stringify(checkpoint),
      JSON.stringify(progress),
      problem && JSON.stringify(problem),
      startedAtMs,
      endedAtMs,
      id,
    );
  }

  /** Adds a line to a job's log; the oldest lines go when there are too many. */
  log(id: number, atMs: number, text: string): void {
    this.statements.addLine.run(id, atMs, text);
    this.statements.trimLines.run(id, id, LOG_LINES_MAX);
  }

  /** The log's lines, oldest first. */
  lines(id: number): { readonly atMs: number; readonly text: string }[] {
    return this.statements.lines.all(id).map(({ atMs, text }) => ({ atMs, text }));
  }

  forget(id: number): void {
    this.statements.forget.run(id);
  }

  /** Deletes ended jobs that are too many or too old. */
  tidy(nowMs: number): void {
    this.statements.forgetOld.run(nowMs - ENDED_KEPT_MS, ENDED_MAX);
  }
}

type JobRow = Omit<StoredJob, "input" | "checkpoint" | "progress" | "problem"> & {
  readonly input: string;
  readonly checkpoint: string | null;
  readonly progress: string;
  readonly problem: string | null;
};

function jobOf(row: JobRow): StoredJob {
  const { id, kind, cluster, title, detail, actor, state, createdAtMs, startedAtMs, endedAtMs } = row;
  const problem = row.problem === null ? null : (problemSchema.safeParse(JSON.parse(row.problem)).data ?? null);
  return {
    ...{ id, kind, cluster, title, detail, actor, state, createdAtMs, startedAtMs, endedAtMs },
    input: JSON.parse(row.input),
    checkpoint: row.checkpoint === null ? null : JSON.parse(row.checkpoint),
    progress: progressOf(JSON.parse(row.progress)),
    problem,
  };
}

function progressOf(stored: Partial<StoredProgress>): StoredProgress {
  return { done: stored.done ?? 0, total: stored.total ?? null, unit: stored.unit ?? "", note: stored.note ?? null };
}

function prepareAll(store: Store) {
  return {
    add: store.prepare(
      `INSERT INTO job (kind, cluster, title, detail, actor, state, input, progress, createdAtMs)
       VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?)`,
    ),
    find: store.prepare<JobRow>("SELECT * FROM job WHERE id = ?"),
    list: store.prepare<JobRow>("SELECT * FROM job ORDER BY id DESC"),
    save: store.prepare(
      "UPDATE job SET state = ?, checkpoint = ?, progress = ?, problem = ?, startedAtMs = ?, endedAtMs = ? WHERE id = ?",
    ),
    addLine: store.prepare("INSERT INTO jobLog (job, atMs, text) VALUES (?, ?, ?)"),
    trimLines: store.prepare(
      "DELETE FROM jobLog WHERE job = ? AND id NOT IN (SELECT id FROM jobLog WHERE job = ? ORDER BY id DESC LIMIT ?)",
    ),
    lines: store.prepare<{ atMs: number; text: string }>("SELECT atMs, text FROM jobLog WHERE job = ? ORDER BY id"),
    forget: store.prepare("DELETE FROM job WHERE id = ?"),
    forgetOld: store.prepare(
      `DELETE FROM job WHERE endedAtMs IS NOT NULL AND
         (endedAtMs < ? OR id NOT IN (SELECT id FROM job WHERE endedAtMs IS NOT NULL ORDER BY endedAtMs DESC LIMIT ?))`,
    ),
  };
}
