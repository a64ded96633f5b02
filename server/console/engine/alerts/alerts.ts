import { alertConditions, subjectText } from "../../../../lib/alert-conditions.ts";
import type { AlertRule, AlertSubject, FiredAlert } from "../../../../lib/contracts/alerts.ts";
import { Repeating } from "../../stream/repeating.ts";
import type { Store } from "../store/store.ts";
import { AlertStore, type DueDelivery, type FiringAlert, type KeptTarget } from "./alert-store.ts";
import { judge, type Standing, type Standings, subjectKey, type Verdict } from "./judge.ts";
import { readingsOf, type Sweep } from "./readings.ts";
import { RebalanceCounter } from "./rebalance-counter.ts";
import { type Notification, type ProduceNotification, sendNotification } from "./send-notification.ts";

/** Attempts to send one notification, and the pause before the second; each later one is twice as long, an hour at most. */
const ATTEMPTS_MAX = 10;
const FIRST_PAUSE_MS = 5_000;
const PAUSE_MAX_MS = 3_600_000;
/** Notifications that are sent beside each other. */
const SENT_AT_ONCE = 8;
/** A look at what is due when nothing tells that something is. */
const LOOK_MS = 60_000;

/** What alerts need of the console. */
export type AlertsOptions = {
  /** Writes to a topic of a cluster. */
  readonly produce: (cluster: string) => ProduceNotification;
  /** Something fired, ended or was sent. */
  readonly onChange: (cluster: string) => void;
  readonly onBug: (error: unknown) => void;
  readonly nowMs?: () => number;
};

/** Judges every rule after each sweep, writes down what fires, and sees that its targets hear of it. Its state is in the store: it goes on after a restart. */
export class Alerts {
  readonly kept: AlertStore;
  private readonly standings = new Map<number, Standings>();
  private readonly unjudged = new Set<number>();
  private readonly rebalances = new Map<string, RebalanceCounter>();
  private readonly sending = new Repeating(() => this.sendDue());
  private readonly nowMs: () => number;
  private current: Promise<unknown> = Promise.resolve();

  constructor(
    store: Store,
    private readonly options: AlertsOptions,
  ) {
    this.kept = new AlertStore(store);
    this.nowMs = options.nowMs ?? Date.now;
  }

  start(): void {
    this.sending.start();
  }

  /** Settles when what is being sent was sent, or failed. */
  async stop(): Promise<void> {
    this.sending.stop();
    await this.current;
  }

  /** Judges a cluster's rules by what a sweep found. */
  tell(cluster: string, sweep: Omit<Sweep, "rebalances">): void {
    try {
      this.judgeRules(cluster, sweep);
    } catch (error) {
      // A full disk must not end the sweep; what fires is judged again at the next.
      this.options.onBug(error);
    }
  }

  private judgeRules(cluster: string, { snapshot, sampler }: Omit<Sweep, "rebalances">): void {
    const rebalances = this.rebalances.get(cluster) ?? new RebalanceCounter();
    this.rebalances.set(cluster, rebalances);
    rebalances.tell(snapshot);
    const firing = this.kept.firing(cluster);
    const rules = this.kept.rules(cluster);
    for (const rule of rules) this.judgeRule(cluster, rule, { snapshot, sampler, rebalances }, firing);
    this.forget(
      cluster,
      rules.filter(({ isOn }) => isOn),
      firing,
    );
  }

  /** True when a rule's condition could not be read in the last sweep. */
  isUnjudged(ruleId: number): boolean {
    return this.unjudged.has(ruleId);
  }

  /** A rule was changed: it is judged anew from what is on record. */
  reset(ruleId: number): void {
    this.standings.delete(ruleId);
  }

  /** Sends a notification that says it is a test; rejects with why it did not arrive. */
  async test({ cluster, target }: KeptTarget): Promise<void> {
    const nowMs = this.nowMs();
    await sendNotification(
      target,
      {
        ...{ event: "test", cluster, rule: "Test", condition: "test", severity: "warning", alertId: null },
        ...{ subject: { type: "cluster", name: cluster }, peak: 0, threshold: 0 },
        ...{ startedAt: new Date(nowMs).toISOString(), endedAt: null },
        text: "This is a test from Odradek: notifications to this target arrive.",
      },
      { produce: this.options.produce(cluster), nowMs },
    );
  }

  private judgeRule(cluster: string, rule: AlertRule, sweep: Sweep, firing: readonly FiringAlert[]): void {
    if (!rule.isOn) return;
    const readings = readingsOf(rule.condition, sweep);
    if (readings === null) {
      this.unjudged.add(rule.id);
      return;
    }
    this.unjudged.delete(rule.id);
    const own = firing.filter(({ ruleId }) => ruleId === rule.id);
    const before = this.standings.get(rule.id) ?? standingsOf(own);
    const { standings, verdicts } = judge(rule, before, readings, sweep.snapshot.readAtMs);
    this.standings.set(rule.id, standings);
    for (const verdict of verdicts) this.record(cluster, rule, verdict, own);
  }

  private record(cluster: string, rule: AlertRule, verdict: Verdict, own: readonly FiringAlert[]): void {
    const nowMs = this.nowMs();
    const isSilenced = rule.silencedUntilMs !== null && nowMs < rule.silencedUntilMs;
    const targets = isSilenced ? [] : this.targetsOf(cluster, rule);
    const found = own.find(({ subject }) => subjectKey(subject) === subjectKey(verdict.subject));
    if (verdict.type === "fired") {
      const { name, condition, severity, threshold } = rule;
      const { subject, value } = verdict;
      const text = alertConditions[condition].text(value, threshold);
      this.kept.begin(
        {
          ...{ cluster, ruleId: rule.id, ruleName: name, condition, severity, threshold, subject, text, isSilenced },
          ...{ peak: value, startedAtMs: nowMs },
        },
        targets,
      );
    } else if (found === undefined) return;
    else if (verdict.type === "rose")
      this.kept.rise(found.id, verdict.value, alertConditions[rule.condition].text(verdict.value, rule.threshold));
    else this.kept.end(found.id, nowMs, found.isSilenced ? [] : targets);
    this.sending.now();
    this.options.onChange(cluster);
  }

  private targetsOf(cluster: string, rule: AlertRule): KeptTarget[] {
    return this.kept.targets(cluster).filter(({ id }) => rule.targets.includes(id));
  }

  /** What fires of a rule that was deleted or turned off ends: nobody watches it any more. */
  private forget(cluster: string, rules: readonly AlertRule[], firing: readonly FiringAlert[]): void {
    const known = new Set(rules.map(({ id }) => id));
    for (const { id, ruleId } of firing) {
      if (known.has(ruleId)) continue;
      this.standings.delete(ruleId);
      this.kept.end(id, this.nowMs(), []);
      this.options.onChange(cluster);
    }
  }

  private async sendDue(): Promise<number> {
    try {
      const due = this.kept.due(this.nowMs(), SENT_AT_ONCE);
      this.current = Promise.all(due.map((delivery) => this.attempt(delivery)));
      await this.current;
      const next = this.kept.nextDueMs;
      return next === null ? LOOK_MS : Math.min(LOOK_MS, Math.max(0, next - this.nowMs()));
    } catch (error) {
      this.options.onBug(error);
      return LOOK_MS;
    }
  }

  private async attempt({ id, alertId, targetId, about, attempts }: DueDelivery): Promise<void> {
    const alert = this.kept.findAlert(alertId);
    const target = alert && this.kept.findTarget(alert.cluster, targetId);
    const atMs = this.nowMs();
    if (alert === undefined || target === undefined) {
      const problem = "The target was deleted before it could be told.";
      this.kept.attempted(id, { state: "failed", attempts, problem, atMs, nextAtMs: atMs });
      return;
    }
    const done = attempts + 1;
    try {
      const produce = this.options.produce(alert.cluster);
      await sendNotification(target.target, notificationOf(alert, about), { produce, nowMs: atMs });
      this.kept.attempted(id, { state: "sent", attempts: done, problem: null, atMs, nextAtMs: atMs });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      const state = done >= ATTEMPTS_MAX ? "failed" : "waiting";
      const nextAtMs = this.nowMs() + Math.min(PAUSE_MAX_MS, FIRST_PAUSE_MS * 2 ** attempts);
      this.kept.attempted(id, { state, attempts: done, problem, atMs, nextAtMs });
    }
    this.options.onChange(alert.cluster);
  }
}

/** What fires when the console starts, fires on: it is not told twice. */
function standingsOf(firing: readonly FiringAlert[]): Standings {
  return new Map<string, Standing>(
    firing.map(({ subject, peak }) => [subjectKey(subject), { phase: "firing", subject, peak, lowSinceMs: null }]),
  );
}

function notificationOf(alert: FiredAlert & { cluster: string }, event: "fired" | "ended"): Notification {
  const { cluster, condition, severity, subject, peak, threshold } = alert;
  return {
    ...{ event, cluster, rule: alert.ruleName, condition, severity, subject, peak, threshold, alertId: alert.id },
    text: sentenceOf(subject, alert.text, event),
    startedAt: new Date(alert.startedAtMs).toISOString(),
    endedAt: alert.endedAtMs === null ? null : new Date(alert.endedAtMs).toISOString(),
  };
}

function sentenceOf(subject: AlertSubject, text: string, event: "fired" | "ended"): string {
  const sentence = `${subjectText(subject)} ${text}`;
  return event === "fired" ? sentence : `Over: ${sentence}`;
}
