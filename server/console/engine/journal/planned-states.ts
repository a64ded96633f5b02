import type { ChangeFacts } from "../../../../lib/contracts/changes.ts";

/** Plans whose state is remembered: those that people look at now. Without it a stale plan is refused as well, only without the difference. */
const REMEMBERED_MAX = 200;

/** The states that plans were made for, by their fingerprint, so that a refusal can say what is different. */
export class PlannedStates {
  private readonly states = new Map<string, ChangeFacts>();

  remember(fingerprint: string, state: ChangeFacts): void {
    this.states.delete(fingerprint);
    this.states.set(fingerprint, state);
    const [oldest] = this.states.keys();
    if (this.states.size > REMEMBERED_MAX && oldest !== undefined) this.states.delete(oldest);
  }

  /** What is different now, as facts: name, "old → new". Empty when the old state is not remembered. */
  difference(fingerprint: string, now: ChangeFacts): [string, string][] {
    const before = this.states.get(fingerprint);
    if (before === undefined) return [];
    const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    return names
      .filter((name) => before[name] !== now[name])
      .map((name) => [name, `${before[name] ?? "none"} → ${now[name] ?? "none"}`]);
  }
}
