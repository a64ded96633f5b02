import { beforeEach, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { problem } from "../../../../lib/problem.ts";
import { openStore, type Store } from "../store/store.ts";
import { type AnyJobKind, JobFailed, jobKind, type JobRun } from "./job-kind.ts";
import { RUNNING_MAX } from "./job-places.ts";
import { JobRunner } from "./job-runner.ts";

/** A job that counts to `to`, one a turn of `go`, and remembers how far it is. */
function counting(events: string[], gate: { go: Promise<void> }): AnyJobKind {
  return jobKind({
    kind: "count",
    input: z.object({ to: z.number(), chalk: z.optional(z.string()) }),
    checkpoint: z.object({ reached: z.number() }),
    unit: "numbers",
    cancelMeans: "Forgets the numbers.",
    holds: ({ chalk }) => chalk ?? null,
    async run({ input, checkpoint }, run: JobRun<{ reached: number }>) {
      for (let reached = checkpoint?.reached ?? 0; reached < input.to;) {
        await Promise.race([gate.go, aborted(run.signal)]);
        reached += 1;
        events.push(`counted ${reached}`);
        run.checkpoint(
          { reached },
          { done: reached, total: input.to, unit: "numbers", note: null },
          { isDurable: true },
        );
      }
    },
    undo: ({ checkpoint }, log) => {
      log(`forgot ${checkpoint?.reached ?? 0}`);
      return Promise.resolve();
    },
  });
}

const failing = jobKind({
  kind: "fail",
  input: z.object({}),
  checkpoint: z.null(),
  unit: "",
  cancelMeans: null,
  run: () =>
    Promise.reject(new JobFailed(problem({ code: "rejected-by-cluster", title: "No", detail: "Not allowed." }))),
});

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener("abort", () => resolve())));
}

let store: Store;
let events: string[];
const open = { go: Promise.resolve() };
const closed = { go: new Promise<void>(() => undefined) };

beforeEach(() => {
  ({ store } = openStore("", 0));
  events = [];
});

function runnerOf(kind: AnyJobKind): JobRunner {
  const runner = new JobRunner(store, {
    kinds: [kind, failing],
    onChange: () => undefined,
    onBug: (error) => events.push(`bug ${String(error)}`),
    toProblem: () => undefined,
  });
  runner.start();
  return runner;
}

const job = (to: number) => ({
  kind: "count",
  cluster: "local",
  title: "Count",
  detail: `to ${to}`,
  actor: "mira",
  input: { to },
});

describe("a job", () => {
  test("runs to its end and keeps what it came to", async () => {
    const runner = runnerOf(counting(events, open));
    const { id } = runner.add(job(3));
    await runner.settled(id);
    expect(runner.find("local", id)).toMatchObject({
      state: "completed",
      progress: { done: 3, total: 3 },
      controls: ["forget"],
    });
    expect(runner.find("other", id)).toBeUndefined();
  });

  test("goes on from its checkpoint after a pause", async () => {
    const runner = runnerOf(counting(events, closed));
    const { id } = runner.add(job(3));
    expect(runner.control("local", id, "pause", "jonas")).toMatchObject({ ok: true, value: { state: "pausing" } });
    await runner.settled(id);
    expect(runner.find("local", id)).toMatchObject({
      state: "paused",
      progress: { done: 1 },
      controls: ["resume", "cancel"],
    });
    const later = runnerOf(counting(events, open));
    expect(later.find("local", id)?.state).toBe("paused");
    later.control("local", id, "resume", "jonas");
    await later.settled(id);
    expect(events).toEqual(["counted 1", "counted 2", "counted 3"]);
    expect(later.find("local", id)?.log.map(({ text }) => text)).toEqual(["Paused by jonas.", "Resumed by jonas."]);
  });

  test("goes on by itself after the console ended and began again", async () => {
    const first = runnerOf(counting(events, closed));
    const { id } = first.add(job(2));
    await first.stop();
    const second = runnerOf(counting(events, open));
    await second.settled(id);
    expect(second.find("local", id)?.state).toBe("completed");
    expect(events).toEqual(["counted 1", "counted 2"]);
  });

  test("undoes what it made when it is cancelled, running or paused", async () => {
    const runner = runnerOf(counting(events, closed));
    const running = runner.add(job(9));
    const paused = runner.add(job(9));
    runner.control("local", paused.id, "pause", "lena");
    await runner.settled(paused.id);
    for (const { id } of [running, paused]) {
      expect(runner.control("local", id, "cancel", "lena")).toMatchObject({ value: { state: "stopping" } });
      await runner.settled(id);
      expect(runner.find("local", id)).toMatchObject({ state: "cancelled", controls: ["forget"] });
      expect(runner.find("local", id)?.log.at(-1)?.text).toBe("forgot 1");
    }
  });

  test("says why it failed, and can be tried again", async () => {
    const runner = runnerOf(counting(events, open));
    const { id } = runner.add({ ...job(0), kind: "fail", input: {} });
    await runner.settled(id);
    expect(runner.find("local", id)).toMatchObject({ state: "failed", problem: { detail: "Not allowed." } });
    runner.control("local", id, "retry", "mira");
    await runner.settled(id);
    expect(runner.find("local", id)?.state).toBe("failed");
    expect(events).toEqual([]);
  });

  test("fails with the fault when a newer console stored what it cannot read", async () => {
    const runner = runnerOf(counting(events, open));
    const { id } = runner.add({ ...job(0), input: { to: "many" } });
    await runner.settled(id);
    expect(runner.find("local", id)?.state).toBe("failed");
    expect(events[0]).toContain("invalid_type");
  });

  test("waits while there is no place", async () => {
    const runner = runnerOf(counting(events, closed));
    const all = Array.from({ length: RUNNING_MAX + 1 }, () => runner.add(job(1)));
    expect(runner.list("local").map(({ state }) => state)).toContain("queued");
    expect(runner.runningCount).toBe(RUNNING_MAX);
    runner.control("local", all[0]?.id ?? 0, "cancel", "mira");
    await runner.settled(all[0]?.id ?? 0);
    expect(runner.find("local", all.at(-1)?.id ?? 0)?.state).toBe("running");
    await runner.stop();
  });

  test("waits until the one that holds the same has ended, paused or begun before a restart", async () => {
    const runner = runnerOf(counting(events, closed));
    const chalked = (to: number) => ({ ...job(to), input: { to, chalk: "white" } });
    const first = runner.add(chalked(9));
    const second = runner.add(chalked(1));
    const elsewhere = runner.add({ ...chalked(9), cluster: "other" });
    const stateOf = (id: number) => runner.find("local", id)?.state;
    expect([stateOf(first.id), stateOf(second.id)]).toEqual(["running", "queued"]);
    expect(runner.find("other", elsewhere.id)?.state).toBe("running");
    expect(runner.find("local", second.id)?.log.map(({ text }) => text)).toEqual([
      "Waits until job 1 (Count) has ended.",
    ]);
    runner.control("local", first.id, "pause", "mira");
    await runner.settled(first.id);
    expect([stateOf(first.id), stateOf(second.id)]).toEqual(["paused", "queued"]);
    await runner.stop();
    const later = runnerOf(counting(events, open));
    expect(later.find("local", second.id)?.state).toBe("queued");
    const third = later.add(chalked(1));
    later.control("local", third.id, "cancel", "mira");
    await later.settled(third.id);
    expect(later.find("local", third.id)?.state).toBe("cancelled");
    later.control("local", first.id, "cancel", "mira");
    await later.settled(first.id);
    await later.settled(second.id);
    expect(later.find("local", second.id)?.state).toBe("completed");
  });

  test("takes no control that its state does not allow, and is not there after it was forgotten", async () => {
    const runner = runnerOf(counting(events, open));
    const { id } = runner.add(job(1));
    await runner.settled(id);
    expect(runner.control("local", id, "pause", "mira")).toMatchObject({
      ok: false,
      problem: { code: "not-possible" },
    });
    runner.control("local", id, "forget", "mira");
    expect(runner.control("local", id, "forget", "mira")).toMatchObject({
      ok: false,
      problem: { code: "job-not-found" },
    });
  });
});
