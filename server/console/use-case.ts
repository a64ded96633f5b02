import { problem, type ProblemCode } from "../../lib/problem.ts";
import { type Result, fail } from "../../lib/result.ts";
import { type Access, type Actor, refusalOf } from "./actor.ts";
import type { Cluster } from "./cluster.ts";
import type { ConsoleContext } from "./context.ts";
import { toProblem } from "./to-problem.ts";

/** What a use case on a cluster works with. */
export type Scope = { readonly context: ConsoleContext; readonly actor: Actor; readonly cluster: Cluster };

/** A use case as pages, routes and commands call it. */
export type UseCase<Input, Value> = (context: ConsoleContext, actor: Actor, input: Input) => Promise<Result<Value>>;

/** A read on one cluster. What changes a cluster is declared by `change.ts`. */
export type UseCaseDefinition<Input, Value> = {
  /** The title of its failure: "Topic orders could not be described" */
  readonly failed: (input: Input) => string;
  readonly run: (scope: Scope, input: Input, title: string) => Promise<Result<Value>>;
};

/** The cluster went away: whoever watches it should know before the next probe. */
const LOSS: readonly ProblemCode[] = ["cluster-unreachable", "broker-unavailable"];

/** Makes a use case that reads. What is thrown out of it is a bug. */
export function defineUseCase<Input extends { readonly cluster: string }, Value>(
  definition: UseCaseDefinition<Input, Value>,
): UseCase<Input, Value> {
  return (context, actor, input) => {
    const title = definition.failed(input);
    return enter({ context, actor, cluster: input.cluster, access: "read", title }, (scope) =>
      definition.run(scope, input, title),
    );
  };
}

/** Who comes in, where to, and what for. */
export type Entrance = {
  readonly context: ConsoleContext;
  readonly actor: Actor;
  /** The cluster's name in addresses. */
  readonly cluster: string;
  readonly access: Access;
  /** Of the failure. */
  readonly title: string;
};

/**
 * The one way to a cluster: finds it, authorises the actor and turns every expected failure into a problem, in this one place, so that no new
 * door can forget it.
 */
export async function enter<Value>(
  { context, actor, cluster: slug, access, title }: Entrance,
  run: (scope: Scope) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const cluster = context.clusters.get(slug);
  if (cluster === undefined) return fail(clusterNotFound(context, slug));
  const refusal = refusalOf(actor, access, title);
  const result = refusal ? fail(refusal) : await attempt({ context, actor, cluster }, run, title);
  if (!result.ok && LOSS.includes(result.problem.code)) cluster.monitor.probeNow();
  return result;
}

async function attempt<Value>(
  scope: Scope,
  run: (scope: Scope) => Promise<Result<Value>>,
  title: string,
): Promise<Result<Value>> {
  try {
    return await run(scope);
  } catch (error) {
    const expected = toProblem(error, { title, identity: scope.cluster.identity });
    if (expected === undefined) throw error;
    return fail(expected);
  }
}

function clusterNotFound({ clusters }: ConsoleContext, slug: string) {
  return problem({
    code: "cluster-not-found",
    title: `There is no cluster ${slug}`,
    detail: `The console knows: ${[...clusters.keys()].join(", ")}.`,
    suggestion: "Choose one of these.",
  });
}
