import type { ChangePlan } from "../../lib/contracts/changes.ts";
import type { JournalEntry, RevertChangeInput } from "../../lib/contracts/journal.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import type { StoredChange } from "./change.ts";
import { changes } from "./changes.ts";
import type { ConsoleContext } from "./context.ts";
import { journalEntryOf } from "./read-journal-entry.ts";
import type { UseCase } from "./use-case.ts";
import { entryNotFound, wayBackOf } from "./way-back.ts";

type EntryInput = { readonly cluster: string; readonly entry: number };

/** What taking a change back would do: the plan of the change that does it. */
export const planRevert: UseCase<EntryInput, ChangePlan> = async (context, actor, input) => {
  const back = findWayBack(context, input);
  if (!back.ok) return back;
  const planned = await back.value.change.plan(context, actor, back.value.input);
  return planned.ok ? succeed({ ...planned.value, title: `Take back: ${back.value.title}` }) : planned;
};

/** Takes a change back by the change that does it, which has its own plan, rights and entry. Answers with that entry. */
export const revertChange: UseCase<RevertChangeInput, JournalEntry> = async (context, actor, input) => {
  const back = findWayBack(context, input);
  if (!back.ok) return back;
  const { fingerprint, entry: reverts } = input;
  const done = await back.value.change.act(context, actor, back.value.input, { fingerprint, reverts });
  if (!done.ok) return done;
  const { journal } = context.engine;
  const by = journal.find(input.cluster, reverts)?.revertedBy;
  const entry = by === undefined || by === null ? undefined : journal.find(input.cluster, by);
  const options = context.clusters.get(input.cluster)?.options;
  return entry && options ? succeed(journalEntryOf(entry, options)) : fail(entryNotFound(reverts));
};

type Found = { readonly change: StoredChange; readonly input: unknown; readonly title: string };

function findWayBack({ engine }: ConsoleContext, { cluster, entry: id }: EntryInput): Result<Found> {
  const entry = engine.journal.find(cluster, id);
  if (entry === undefined) return fail(entryNotFound(id));
  const back = wayBackOf(entry);
  const change = "irreversible" in back ? undefined : changes.get(back.kind);
  if ("irreversible" in back || change === undefined) {
    const detail =
      "irreversible" in back ? back.irreversible : "This console does not know the change that would take it back.";
    return fail(problem({ code: "not-possible", title: `${entry.title} was not taken back`, detail }));
  }
  return succeed({ change, input: back.input, title: entry.title });
}
