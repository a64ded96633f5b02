import type { AlertRule, AlertSubject } from "../../../../lib/contracts/alerts.ts";
import type { Reading } from "./readings.ts";

/** What is remembered of a subject between sweeps; one that is well and was well is not remembered. */
export type Standing =
  /** Above the threshold, not yet for long enough. */
  | { readonly phase: "pending"; readonly subject: AlertSubject; readonly sinceMs: number }
  | {
      readonly phase: "firing";
      readonly subject: AlertSubject;
      readonly peak: number;
      /** Since when it is low enough to end; null while it is not. */
      readonly lowSinceMs: number | null;
    };

/** What becomes of a subject. `gone` ended because there is no such group, topic or broker any more. */
export type Verdict =
  | { readonly type: "fired"; readonly subject: AlertSubject; readonly value: number }
  | { readonly type: "rose"; readonly subject: AlertSubject; readonly value: number }
  | { readonly type: "ended"; readonly subject: AlertSubject; readonly isGone: boolean };

/** Standings by subjectKey. */
export type Standings = ReadonlyMap<string, Standing>;

/** A subject's name in maps. */
export function subjectKey({ type, name }: AlertSubject): string {
  return `${type}/${name}`;
}

type RulePart = Pick<AlertRule, "subject" | "threshold" | "clearAt" | "forMs">;

/**
 * One sweep of one rule: from what stood before and what was measured to what stands now. Changes nothing.
 * Fires when the value stayed above the threshold for `forMs`; ends when it stayed at or below `clearAt` as long. Between the two nothing changes.
 */
export function judge(
  rule: RulePart,
  before: Standings,
  readings: readonly Reading[],
  nowMs: number,
): { readonly standings: Standings; readonly verdicts: readonly Verdict[] } {
  const standings = new Map<string, Standing>();
  const verdicts: Verdict[] = [];
  const matches = matcherOf(rule.subject);
  const measured = new Set<string>();
  for (const reading of readings) {
    if (!matches(reading.subject.name)) continue;
    const key = subjectKey(reading.subject);
    measured.add(key);
    const { standing, verdict } = judgeOne(rule, before.get(key), reading, nowMs);
    if (standing) standings.set(key, standing);
    if (verdict) verdicts.push(verdict);
  }
  for (const [key, { phase, subject }] of before)
    if (!measured.has(key) && phase === "firing") verdicts.push({ type: "ended", subject, isGone: true });
  return { standings, verdicts };
}

type Judged = { readonly standing?: Standing; readonly verdict?: Verdict };

function judgeOne(rule: RulePart, before: Standing | undefined, reading: Reading, nowMs: number): Judged {
  const { subject, value } = reading;
  if (value === null) return before === undefined ? {} : { standing: before };
  if (before?.phase === "firing") return judgeFiring(rule, before, value, nowMs);
  if (value <= rule.threshold) return {};
  const sinceMs = before?.sinceMs ?? nowMs;
  if (nowMs - sinceMs < rule.forMs) return { standing: { phase: "pending", subject, sinceMs } };
  return {
    standing: { phase: "firing", subject, peak: value, lowSinceMs: null },
    verdict: { type: "fired", subject, value },
  };
}

function judgeFiring(
  { threshold, clearAt, forMs }: RulePart,
  before: Extract<Standing, { phase: "firing" }>,
  value: number,
  nowMs: number,
): Judged {
  const { subject } = before;
  // A limit for the end that is above the threshold would end what still fires.
  const isLow = value <= Math.min(clearAt, threshold);
  const lowSinceMs = isLow ? (before.lowSinceMs ?? nowMs) : null;
  if (lowSinceMs !== null && nowMs - lowSinceMs >= forMs) return { verdict: { type: "ended", subject, isGone: false } };
  if (value <= before.peak) return { standing: { ...before, lowSinceMs } };
  return { standing: { ...before, peak: value, lowSinceMs }, verdict: { type: "rose", subject, value } };
}

/** Matches names against a pattern in which `*` stands for any text. Runs in the length of both: no pattern makes it slow. */
export function matcherOf(pattern: string): (name: string) => boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return (name) => name === pattern;
  return (name) => {
    if (!name.startsWith(first)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  };
}
