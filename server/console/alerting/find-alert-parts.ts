import type { AlertRule } from "../../../lib/contracts/alerts.ts";
import { problem } from "../../../lib/problem.ts";
import { fail, type Result, succeed } from "../../../lib/result.ts";
import type { KeptTarget } from "../engine/alerts/alert-store.ts";
import type { Scope } from "../use-case.ts";

/** A rule of the scope's cluster. */
export function findRule({ context, cluster }: Scope, id: number, title: string): Result<AlertRule> {
  const rule = context.engine.alerts.kept.findRule(cluster.options.id, id);
  return rule ? succeed(rule) : fail(notFound(title, `There is no alert rule ${id}.`));
}

/** A target of the scope's cluster, with its secrets. */
export function findTarget({ context, cluster }: Scope, id: number, title: string): Result<KeptTarget> {
  const target = context.engine.alerts.kept.findTarget(cluster.options.id, id);
  return target ? succeed(target) : fail(notFound(title, `There is no alert target ${id}.`));
}

function notFound(title: string, detail: string) {
  return problem({
    code: "alert-not-found",
    title,
    detail,
    suggestion: "It may have been deleted meanwhile. Look at the list again.",
  });
}
