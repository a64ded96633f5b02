import type { HistoryAnswer, HistoryQuery } from "../../lib/contracts/history.ts";
import { succeed } from "../../lib/result.ts";
import { EVERY_SWEEP } from "./engine/sampler/samples-of.ts";
import { defineUseCase } from "./use-case.ts";

/** Measurements of a cluster over a range, at most so many points a series. Asks no cluster. */
export const readHistory = defineUseCase<{ readonly cluster: string; readonly query: HistoryQuery }, HistoryAnswer>({
  failed: () => "The history could not be read",
  run: ({ context: { engine }, cluster }, { query }) => {
    const { id } = cluster.options;
    const range = { from: Math.floor(query.fromMs / 1_000), to: Math.ceil(query.toMs / 1_000) };
    const { grid, values } = engine.history.read(id, query.series, range, query.points, Math.floor(Date.now() / 1_000));
    const keptSince = engine.history.keptSince(id, EVERY_SWEEP);
    return Promise.resolve(
      succeed({
        stepMs: grid.step * 1_000,
        times: Array.from({ length: grid.count }, (_, index) => (grid.start + (index + 1) * grid.step) * 1_000),
        series: query.series.map(({ kind, name, part }, index) => ({
          kind,
          name,
          part,
          values: [...(values[index] ?? [])],
        })),
        keptSinceMs: keptSince === null ? null : keptSince * 1_000,
        problem: engine.storeProblem,
        readAtMs: Date.now(),
      }),
    );
  },
});
