import type { AlertList } from "../../lib/contracts/alerts.ts";
import { succeed } from "../../lib/result.ts";
import { placeOf } from "./alerting/target-place.ts";
import { defineUseCase } from "./use-case.ts";

/** What fires, what fired, and the rules and targets behind it. Asks no cluster. */
export const listAlerts = defineUseCase<{ readonly cluster: string }, AlertList>({
  failed: () => "Alerts could not be listed",
  run({ context: { engine }, cluster }) {
    const { id: slug } = cluster.options;
    const { alerts } = engine;
    const listed = alerts.kept.alerts(slug);
    const firingOf = (rule: number) => listed.filter((one) => one.endedAtMs === null && one.ruleId === rule).length;
    return Promise.resolve(
      succeed({
        alerts: listed,
        rules: alerts.kept
          .rules(slug)
          .map((rule) => ({ ...rule, firing: firingOf(rule.id), isUnjudged: alerts.isUnjudged(rule.id) })),
        targets: alerts.kept.targets(slug).map(({ id, target }) => ({
          id,
          kind: target.kind,
          name: target.name,
          place: placeOf(target),
          isSigned: target.kind === "webhook" && Boolean(target.secret),
        })),
        problem: engine.storeProblem,
        readAtMs: Date.now(),
      }),
    );
  },
});
