import { expect, test } from "vitest";
import { doneShare, leftText, progressText, rateText, shownControls } from "@/components/jobs/job-words";
import type { JobProgress, JobSummary } from "@/lib/contracts/jobs";

const progress: JobProgress = {
  done: 12_100,
  total: 44_600,
  unit: "records",
  note: null,
  ratePerSecond: 620_000,
  etaMs: 30_000,
  rates: [],
};

const job: JobSummary = {
  id: 1,
  kind: "search",
  cluster: "local",
  title: "Search orders",
  detail: "",
  state: "running",
  progress,
  problem: null,
  actor: "mira",
  createdAtMs: 0,
  startedAtMs: 0,
  endedAtMs: null,
  controls: ["pause", "cancel"],
  cancelMeans: null,
};

test("progress is told in its unit, with the note behind", () => {
  expect(progressText({ ...progress, note: "1,284 hits" })).toBe("12.1k of 44.6k records · 1,284 hits");
  expect(progressText({ ...progress, total: null })).toBe("12.1k records");
  expect(progressText({ ...progress, unit: "bytes" })).toBe("12.1 KB of 44.6 KB");
  expect(progressText({ ...progress, unit: "", note: "hands over" })).toBe("hands over");
});

test("rate and time left are told only where they are known", () => {
  expect(rateText(progress)).toBe("620k/s");
  expect(rateText({ ...progress, unit: "bytes" })).toBe("620 KB/s");
  expect(rateText({ ...progress, ratePerSecond: null })).toBeUndefined();
  expect(leftText(progress)).toBe("30 s");
  expect(leftText({ ...progress, etaMs: null })).toBeUndefined();
});

test("a job without an end has no share, a completed one is whole", () => {
  expect(doneShare(job)).toBeCloseTo(0.271, 3);
  expect(doneShare({ ...job, progress: { ...progress, total: null } })).toBeUndefined();
  expect(doneShare({ state: "completed", progress: { ...progress, total: null } })).toBe(1);
  expect(doneShare({ state: "running", progress: { ...progress, done: 0, total: 0 } })).toBe(0);
});

test("what has failed can be stopped only where stopping removes something", () => {
  const failed: JobSummary = { ...job, state: "failed", controls: ["retry", "cancel", "forget"] };
  expect(shownControls(failed)).toEqual(["retry", "forget"]);
  expect(shownControls({ ...failed, cancelMeans: "Removes 4 topics." })).toEqual(["retry", "cancel", "forget"]);
  expect(shownControls(job)).toEqual(["pause", "cancel"]);
});
