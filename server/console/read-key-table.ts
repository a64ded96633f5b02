import { type KeyTable, type KeyTableQuery, tableKeysMax } from "../../lib/contracts/keys.ts";
import { succeed } from "../../lib/result.ts";
import { prepareReading } from "../client/read-records.ts";
import { findPlaces } from "./find-places.ts";
import { BackwardSource } from "./reading/backward-source.ts";
import { findRanges } from "./reading/find-ranges.ts";
import type { PlacedRecord } from "./reading/merge-by-time.ts";
import { mergeSources } from "./reading/merge-sources.ts";
import { ReadBudget } from "./reading/read-budget.ts";
import { defineUseCase } from "./use-case.ts";

/** Records that are looked through between two looks at what was found. */
const STEP_RECORDS = 2_000;

type Input = { readonly cluster: string; readonly topic: string; readonly query: KeyTableQuery };

/** The newest record of each key, read backwards until five hundred keys are found or the budget of a page is used up. */
export const readKeyTable = defineUseCase<Input, KeyTable>({
  failed: ({ topic }) => `The keys of ${topic} could not be read`,
  async run({ context, cluster }, { topic, query }, title) {
    const [places] = await Promise.all([
      findPlaces(cluster, { topics: [topic], partitions: null }, title),
      prepareReading(),
    ]);
    if (!places.ok) return places;
    const ranges = await findRanges(cluster, places.value, { from: "newest" }, Date.now());
    const budget = new ReadBudget();
    const sources = ranges
      .filter(({ start, end }) => start < end)
      .map((range) => new BackwardSource({ ...range, cluster, budget, withControl: false }, STEP_RECORDS));
    const rows = new Map<string, PlacedRecord>();
    while (rows.size < tableKeysMax) {
      const step = await mergeSources(sources, { limit: STEP_RECORDS, newestFirst: true });
      if (step.length === 0) break;
      for (const placed of step) {
        const { key } = placed.record;
        if (key === null || rows.size >= tableKeysMax) continue;
        const rowKey = Buffer.from(key).toString("base64");
        if (!rows.has(rowKey)) rows.set(rowKey, placed);
      }
    }
    const problem = ranges.find((range) => range.problem)?.problem ?? sources.find((source) => source.problem)?.problem;
    return succeed({
      records: await context.decoding.run("summaries", { placed: [...rows.values()], choices: query }),
      positions: Object.fromEntries(ranges.map(({ partition, end }) => [String(partition), String(end)])),
      scanned: budget.scanned,
      incomplete:
        rows.size >= tableKeysMax ? `Only the ${tableKeysMax} keys written last are shown.` : (problem?.detail ?? null),
      readAtMs: Date.now(),
    });
  },
});
