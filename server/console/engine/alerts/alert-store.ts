import {
  type AlertDelivery,
  alertCondition,
  alertDelivery,
  type AlertRule,
  type AlertRuleDraft,
  alertRuleDraft,
  alertSeverity,
  type AlertSubject,
  alertSubject,
  type AlertTargetDraft,
  alertTargetDraft,
  type FiredAlert,
} from "../../../../lib/contracts/alerts.ts";
import type { Store } from "../store/store.ts";

/** Alerts that are kept of all clusters; the oldest that have ended go first. */
const ALERTS_MAX = 10_000;
/** Alerts in one list. */
const LISTED_MAX = 500;

/** A target with its secrets: for whoever sends to it. */
export type KeptTarget = { readonly id: number; readonly cluster: string; readonly target: AlertTargetDraft };

/** A notification that is due. */
export type DueDelivery = {
  readonly id: number;
  readonly alertId: number;
  readonly targetId: number;
  readonly about: AlertDelivery["about"];
  readonly attempts: number;
};

/** What an alert begins with. */
export type NewAlert = Omit<FiredAlert, "id" | "endedAtMs" | "deliveries"> & { readonly cluster: string };

/** An alert without its deliveries. */
export type FiringAlert = Omit<FiredAlert, "deliveries">;

/** How an attempt to send ended. */
export type Attempt = Pick<AlertDelivery, "state" | "attempts" | "problem" | "atMs"> & { readonly nextAtMs: number };

/** Rules, targets, what fired and what was sent of it, in the console's store. */
export class AlertStore {
  private readonly statements: ReturnType<typeof prepareAll>;

  constructor(private readonly store: Store) {
    this.statements = prepareAll(store);
  }

  rules(cluster: string): AlertRule[] {
    return this.statements.rules.all(cluster).map(ruleOf);
  }

  findRule(cluster: string, id: number): AlertRule | undefined {
    const row = this.statements.findRule.first(id, cluster);
    return row && ruleOf(row);
  }

  /** Returns the rule's id: the one given, or a new one's. */
  saveRule(cluster: string, id: number | null, rule: AlertRuleDraft): number {
    const text = JSON.stringify(rule);
    if (id === null) return this.statements.addRule.run(cluster, text).id;
    this.statements.updateRule.run(text, id, cluster);
    return id;
  }

  silenceRule(cluster: string, id: number, untilMs: number | null): void {
    this.statements.silenceRule.run(untilMs, id, cluster);
  }

  deleteRule(cluster: string, id: number): void {
    this.statements.deleteRule.run(id, cluster);
  }

  targets(cluster: string): KeptTarget[] {
    return this.statements.targets.all(cluster).map(targetOf);
  }

  findTarget(cluster: string, id: number): KeptTarget | undefined {
    const row = this.statements.findTarget.first(id, cluster);
    return row && targetOf(row);
  }

  saveTarget(cluster: string, id: number | null, target: AlertTargetDraft): number {
    const text = JSON.stringify(target);
    if (id === null) return this.statements.addTarget.run(cluster, text).id;
    this.statements.updateTarget.run(text, id, cluster);
    return id;
  }

  deleteTarget(cluster: string, id: number): void {
    this.statements.deleteTarget.run(id, cluster);
  }

  /** Writes an alert down with the notifications that are to be sent of it; returns its id. */
  begin(alert: NewAlert, targets: readonly KeptTarget[]): number {
    return this.store.transaction(() => {
      const { subject } = alert;
      const { id } = this.statements.begin.run(
        alert.cluster,
        alert.ruleId,
        alert.ruleName,
        alert.condition,
        alert.severity,
        subject.type,
        subject.name,
        alert.threshold,
        alert.peak,
        alert.text,
        alert.isSilenced ? 1 : 0,
        alert.startedAtMs,
      );
      this.addDeliveries(id, "fired", targets, alert.startedAtMs);
      this.statements.trim.run(id - ALERTS_MAX);
      return id;
    });
  }

  rise(id: number, peak: number, text: string): void {
    this.statements.rise.run(peak, text, id);
  }

  end(id: number, atMs: number, targets: readonly KeptTarget[]): void {
    this.store.transaction(() => {
      this.statements.end.run(atMs, id);
      this.addDeliveries(id, "ended", targets, atMs);
    });
  }

  /** Alerts of a cluster: those that fire first, then the newest. */
  alerts(cluster: string): FiredAlert[] {
    return this.statements.alerts.all(cluster, LISTED_MAX).map((row) => this.withDeliveries(row));
  }

  /** Alerts that have not ended, without what was sent of them: they are asked for at every sweep. */
  firing(cluster: string): FiringAlert[] {
    return this.statements.firing.all(cluster).map(alertOf);
  }

  findAlert(id: number): (FiredAlert & { readonly cluster: string }) | undefined {
    const row = this.statements.findAlert.first(id);
    return row && { ...this.withDeliveries(row), cluster: row.cluster };
  }

  /** Notifications that are due, oldest first. */
  due(nowMs: number, limit: number): DueDelivery[] {
    return this.statements.due.all(nowMs, limit).map(({ id, alert, target, about, attempts }) => ({
      id,
      alertId: alert,
      targetId: target,
      about: alertDelivery.shape.about.parse(about),
      attempts,
    }));
  }

  /** When the next notification is due; null when none waits. */
  get nextDueMs(): number | null {
    return this.statements.nextDue.first()?.nextAtMs ?? null;
  }

  attempted(id: number, { state, attempts, problem, atMs, nextAtMs }: Attempt): void {
    this.statements.attempted.run(state, attempts, problem, atMs, nextAtMs, id);
  }

  private addDeliveries(
    alert: number,
    about: AlertDelivery["about"],
    targets: readonly KeptTarget[],
    atMs: number,
  ): void {
    for (const { id, target } of targets) this.statements.addDelivery.run(alert, id, target.name, about, atMs, atMs);
  }

  private withDeliveries(row: AlertRow): FiredAlert {
    const deliveries = this.statements.deliveries
      .all(row.id)
      .map(({ targetName, ...delivery }) => alertDelivery.parse({ ...delivery, target: targetName }));
    return { ...alertOf(row), deliveries };
  }
}

type RuleRow = { id: number; rule: string; silencedUntilMs: number | null };
type TargetRow = { id: number; cluster: string; target: string };
type AlertRow = {
  readonly [Field in "id" | "rule" | "threshold" | "peak" | "isSilenced" | "startedAtMs"]: number;
} & {
  readonly [
    Field in "cluster" | "ruleName" | "condition" | "severity" | "subjectType" | "subjectName" | "text"
  ]: string;
} & { readonly endedAtMs: number | null };
type DeliveryRow = {
  readonly [Field in "targetName" | "about" | "state"]: string;
} & { readonly attempts: number; readonly problem: string | null; readonly atMs: number };
type DueRow = { id: number; alert: number; target: number; about: string; attempts: number };

function ruleOf({ id, rule, silencedUntilMs }: RuleRow): AlertRule {
  return { ...alertRuleDraft.parse(JSON.parse(rule)), id, silencedUntilMs };
}

function targetOf({ id, cluster, target }: TargetRow): KeptTarget {
  return { id, cluster, target: alertTargetDraft.parse(JSON.parse(target)) };
}

function alertOf(row: AlertRow): FiringAlert {
  const { id, rule, ruleName, text, threshold, peak, startedAtMs, endedAtMs } = row;
  const subject: AlertSubject = alertSubject.parse({ type: row.subjectType, name: row.subjectName });
  const condition = alertCondition.parse(row.condition);
  const severity = alertSeverity.parse(row.severity);
  const isSilenced = row.isSilenced === 1;
  return {
    ...{ id, ruleId: rule, ruleName, text, threshold, peak, startedAtMs, endedAtMs },
    ...{ subject, condition, severity, isSilenced },
  };
}

function prepareAll(store: Store) {
  return {
    rules: store.prepare<RuleRow>("SELECT * FROM alertRule WHERE cluster = ? ORDER BY id"),
    findRule: store.prepare<RuleRow>("SELECT * FROM alertRule WHERE id = ? AND cluster = ?"),
    addRule: store.prepare("INSERT INTO alertRule (cluster, rule) VALUES (?, ?)"),
    updateRule: store.prepare("UPDATE alertRule SET rule = ? WHERE id = ? AND cluster = ?"),
    silenceRule: store.prepare("UPDATE alertRule SET silencedUntilMs = ? WHERE id = ? AND cluster = ?"),
    deleteRule: store.prepare("DELETE FROM alertRule WHERE id = ? AND cluster = ?"),
    targets: store.prepare<TargetRow>("SELECT * FROM alertTarget WHERE cluster = ? ORDER BY id"),
    findTarget: store.prepare<TargetRow>("SELECT * FROM alertTarget WHERE id = ? AND cluster = ?"),
    addTarget: store.prepare("INSERT INTO alertTarget (cluster, target) VALUES (?, ?)"),
    updateTarget: store.prepare("UPDATE alertTarget SET target = ? WHERE id = ? AND cluster = ?"),
    deleteTarget: store.prepare("DELETE FROM alertTarget WHERE id = ? AND cluster = ?"),
    begin: store.prepare(
      `INSERT INTO alert (cluster, rule, ruleName, condition, severity, subjectType, subjectName, threshold, peak, text, isSilenced, startedAtMs)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    trim: store.prepare("DELETE FROM alert WHERE id <= ? AND endedAtMs IS NOT NULL"),
    rise: store.prepare("UPDATE alert SET peak = ?, text = ? WHERE id = ?"),
    end: store.prepare("UPDATE alert SET endedAtMs = ? WHERE id = ?"),
    alerts: store.prepare<AlertRow>(
      "SELECT * FROM alert WHERE cluster = ? ORDER BY endedAtMs IS NULL DESC, id DESC LIMIT ?",
    ),
    firing: store.prepare<AlertRow>("SELECT * FROM alert WHERE cluster = ? AND endedAtMs IS NULL ORDER BY id"),
    findAlert: store.prepare<AlertRow>("SELECT * FROM alert WHERE id = ?"),
    deliveries: store.prepare<DeliveryRow>(
      "SELECT targetName, about, state, attempts, problem, atMs FROM alertDelivery WHERE alert = ? ORDER BY id",
    ),
    addDelivery: store.prepare(
      `INSERT INTO alertDelivery (alert, target, targetName, about, state, attempts, atMs, nextAtMs)
       VALUES (?, ?, ?, ?, 'waiting', 0, ?, ?)`,
    ),
    due: store.prepare<DueRow>(
      "SELECT id, alert, target, about, attempts FROM alertDelivery WHERE state = 'waiting' AND nextAtMs <= ? ORDER BY id LIMIT ?",
    ),
    nextDue: store.prepare<{ nextAtMs: number | null }>(
      "SELECT min(nextAtMs) AS nextAtMs FROM alertDelivery WHERE state = 'waiting'",
    ),
    attempted: store.prepare(
      "UPDATE alertDelivery SET state = ?, attempts = ?, problem = ?, atMs = ?, nextAtMs = ? WHERE id = ?",
    ),
  };
}
