import type { JournalEntry } from "../../lib/contracts/journal.ts";
import { fail, succeed } from "../../lib/result.ts";
import { changes } from "./changes.ts";
import type { KeptEntry } from "./engine/journal/journal.ts";
import type { ClusterOptions } from "./console-options.ts";
import { entryNotFound, wayBackOf } from "./way-back.ts";
import { defineUseCase } from "./use-case.ts";

/** One change with everything that was written down of it, and what would take it back. Asks no cluster. */
export const readJournalEntry = defineUseCase<{ readonly cluster: string; readonly entry: number }, JournalEntry>({
  failed: ({ entry }) => `Entry ${entry} of the journal could not be read`,
  run: ({ context, cluster }, { entry: id }) => {
    const entry = context.engine.journal.find(cluster.options.id, id);
    return Promise.resolve(entry ? succeed(journalEntryOf(entry, cluster.options)) : fail(entryNotFound(id)));
  },
});

/** What people see of an entry; its input is the console's own. */
export function journalEntryOf(kept: KeptEntry, options: ClusterOptions): JournalEntry {
  const { input: _, ...entry } = kept;
  const back = wayBackOf(kept);
  const irreversible = "irreversible" in back ? back.irreversible : null;
  const nearest = "irreversible" in back ? back.nearest : back;
  const cliBack = nearest ? (changes.get(nearest.kind)?.cli(nearest.input, options) ?? null) : null;
  return { ...entry, irreversible, cliBack };
}
