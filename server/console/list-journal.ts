import type { JournalList, JournalQuery } from "../../lib/contracts/journal.ts";
import { succeed } from "../../lib/result.ts";
import { defineUseCase } from "./use-case.ts";

/** Changes of a cluster that were made through the console, newest first. Asks no cluster. */
export const listJournal = defineUseCase<{ readonly cluster: string; readonly query: JournalQuery }, JournalList>({
  failed: () => "The journal could not be read",
  run: ({ context: { engine }, cluster }, { query }) => {
    const { id } = cluster.options;
    const { entries, next } = engine.journal.list(id, query);
    return Promise.resolve(
      succeed({
        entries,
        next,
        total: engine.journal.count(id),
        actors: engine.journal.actors(id),
        kinds: engine.journal.kinds(id),
        problem: engine.storeProblem,
        readAtMs: Date.now(),
      }),
    );
  },
});
