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

/** A use case on one cluster. */
export type UseCaseDefinition<Input, Value> = {
  /** Its file's name; the journal knows it by this. */
  readonly name: string;
  /** `write` changes the cluster and is journalled. */
  readonly access: Access;
  /** The title of its failure: "Topic orders was not created". */
  readonly failed: (input: Input) => string;
  readonly run: (scope: Scope, input: Input, title: string) => Promise<Result<Value>>;
};

/** The cluster went away: whoever watches it should know before the next probe. */
const LOSS: readonly ProblemCode[] = ["cluster-unreachable", "broker-unavailable"];

/**
 * Makes a use case. Finds the cluster, authorises the actor, turns every expected failure into a problem, and writes changes to the journal:
 * in this one place, so that no new door to a use case can forget it. What is thrown out of it is a bug.
 */
export function defineUseCase<Input extends { readonly cluster: string }, Value>(
  definition: UseCaseDefinition<Input, Value>,
): UseCase<Input, Value> {
  return async (context, actor, input) => {
    const title = definition.failed(input);
    const cluster = context.clusters.get(input.cluster);
    if (cluster === undefined) return fail(clusterNotFound(context, input.cluster));
    const refusal = refusalOf(actor, definition.access, title);
    const result = refusal ? fail(refusal) : await attempt({ context, actor, cluster }, definition, input, title);
    if (!result.ok && LOSS.includes(result.problem.code)) cluster.monitor.probeNow();
    if (definition.access === "write") journal({ context, actor, cluster }, definition.name, title, result);
    return result;
  };
}

async function attempt<Input, Value>(
  scope: Scope,
  definition: UseCaseDefinition<Input, Value>,
  input: Input,
  title: string,
): Promise<Result<Value>> {
  try {
    return await definition.run(scope, input, title);
  } catch (error) {
    const expected = toProblem(error, { title, identity: scope.cluster.identity });
    if (expected === undefined) throw error;
    return fail(expected);
  }
}

function journal({ context, actor, cluster }: Scope, useCase: string, title: string, result: Result<unknown>): void {
  const fields = { useCase, actor: actor.name, cluster: cluster.options.id };
  if (result.ok) context.log.info(fields, "changed");
  else context.log.warn({ ...fields, code: result.problem.code, title }, "change refused");
}

function clusterNotFound({ clusters }: ConsoleContext, slug: string) {
  return problem({
    code: "cluster-not-found",
    title: `There is no cluster ${slug}`,
    detail: `The console knows: ${[...clusters.keys()].join(", ")}.`,
    suggestion: "Choose one of these.",
  });
}
