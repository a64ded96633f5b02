import type { ChangeMade, ChangePlan } from "../../lib/contracts/changes.ts";
import type { JournalEntry } from "../../lib/contracts/journal.ts";
import type { Problem } from "../../lib/problem.ts";
import { localUser } from "../console/actor.ts";
import type { ConsoleContext } from "../console/context.ts";
import { makeChange, planChange } from "../console/make-change.ts";
import { readJournalEntry } from "../console/read-journal-entry.ts";
import { planRevert, revertChange } from "../console/revert-change.ts";
import { bad, cluster, good } from "./console-context.ts";

type Input = Readonly<Record<string, unknown>>;

/** Changes of any kind on a test's one cluster, as the local user makes them. */
export class Changes {
  constructor(private readonly contextOf: () => ConsoleContext) {}

  async plan(kind: string, input: Input): Promise<ChangePlan> {
    return good(await planChange(this.contextOf(), localUser, { cluster, kind, input: { ...input } }));
  }

  async noPlan(kind: string, input: Input): Promise<Problem> {
    return bad(await planChange(this.contextOf(), localUser, { cluster, kind, input: { ...input } }));
  }

  /** Plans, and makes what was planned. */
  async make(kind: string, input: Input): Promise<ChangeMade> {
    const { fingerprint } = await this.plan(kind, input);
    return good(await makeChange(this.contextOf(), localUser, { cluster, kind, input: { ...input }, fingerprint }));
  }

  /** The problem of a change that was planned before something else happened. */
  async refused(kind: string, input: Input, { fingerprint }: ChangePlan): Promise<Problem> {
    return bad(await makeChange(this.contextOf(), localUser, { cluster, kind, input: { ...input }, fingerprint }));
  }

  async entry({ entry }: ChangeMade): Promise<JournalEntry> {
    return good(await readJournalEntry(this.contextOf(), localUser, { cluster, entry: entry ?? 0 }));
  }

  /** Takes a change back as its journal entry offers. */
  async revert({ entry }: ChangeMade): Promise<JournalEntry> {
    const place = { cluster, entry: entry ?? 0 };
    const { fingerprint } = good(await planRevert(this.contextOf(), localUser, place));
    return good(await revertChange(this.contextOf(), localUser, { ...place, fingerprint }));
  }
}
