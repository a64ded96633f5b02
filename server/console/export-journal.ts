import type { JournalQuery } from "../../lib/contracts/journal.ts";
import { succeed } from "../../lib/result.ts";
import { type JournalFormat, journalCsv, journalCsvHead, journalLine } from "./journal-lines.ts";
import { defineUseCase } from "./use-case.ts";

/** Entries that are read and written at once. */
const PAGE = 200;

/** A journal as a file: its text, in parts. */
export type JournalFile = { readonly parts: Iterable<string> };

/** Every entry that matches, newest first, as lines of JSON or as CSV. Asks no cluster. */
export const exportJournal = defineUseCase<
  { readonly cluster: string; readonly query: JournalQuery; readonly format: JournalFormat },
  JournalFile
>({
  failed: () => "The journal could not be exported",
  run: ({ context: { engine }, cluster }, { query, format }) => {
    const { id } = cluster.options;
    function* parts(): Iterable<string> {
      if (format === "csv") yield journalCsvHead;
      let before = query.before;
      for (;;) {
        const page = engine.journal.list(id, { ...query, limit: PAGE, ...(before !== undefined && { before }) });
        const entries = page.entries.flatMap((entry) => engine.journal.find(id, entry.id) ?? []);
        yield entries.map(format === "csv" ? journalCsv : journalLine).join("");
        if (page.next === null) return;
        before = page.next;
      }
    }
    return Promise.resolve(succeed({ parts: parts() }));
  },
});
