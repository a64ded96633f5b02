import { type KeyHistory, type KeyHistoryQuery, keyVersionsMax } from "../../lib/contracts/keys.ts";
import { partitionForKey } from "../../lib/murmur2.ts";
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

type Input = { readonly cluster: string; readonly topic: string; readonly query: KeyHistoryQuery };

/**
 * The versions of one key, newest first: read backwards in the partition where Kafka's own partitioner puts the key, or in all, until fifty
 * are found or the budget of a page is used up.
 */
export const readKeyHistory = defineUseCase<Input, KeyHistory>({
  failed: ({ topic }) => `The history of this key in ${topic} could not be read`,
  async run({ context, cluster }, { topic, query }, title) {
    const key = Buffer.from(query.key, "base64");
    const [all] = await Promise.all([
      findPlaces(cluster, { topics: [topic], partitions: null }, title),
      prepareReading(),
    ]);
    if (!all.ok) return all;
    const partition = query.everywhere ? null : partitionForKey(key, all.value.length);
    const places = all.value.filter((place) => partition === null || place.partition === partition);
    const ranges = await findRanges(cluster, places, { from: "newest" }, Date.now());
    const bad = ranges.find((range) => range.problem)?.problem;
    if (bad && ranges.length === 1) return { ok: false, problem: bad };
    const budget = new ReadBudget();
    const sources = ranges
      .filter(({ start, end }) => start < end)
      .map((range) => new BackwardSource({ ...range, cluster, budget, withControl: false }, STEP_RECORDS));
    const found: PlacedRecord[] = [];
    while (found.length < keyVersionsMax) {
      const step = await mergeSources(sources, { limit: STEP_RECORDS, newestFirst: true });
      if (step.length === 0) break;
      found.push(...step.filter(({ record }) => record.key !== null && key.equals(record.key)));
    }
    const problem = sources.find((source) => source.problem)?.problem ?? bad;
    const isFull = found.length >= keyVersionsMax;
    return succeed({
      ...(await context.decoding.run("keyVersions", {
        topic,
        key,
        placed: found.slice(0, keyVersionsMax),
        choices: query,
      })),
      partition,
      scanned: budget.scanned,
      incomplete: isFull ? `Only the newest ${keyVersionsMax} versions are shown.` : (problem?.detail ?? null),
    });
  },
});
