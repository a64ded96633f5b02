import type { Sampled, Sampler } from "./engine/sampler/sampler.ts";
import type { Scope } from "./use-case.ts";

/** The sampler of the scope's cluster. */
export function samplerOf({ context, cluster }: Scope): Sampler {
  const sampler = context.engine.samplers.get(cluster.options.id);
  if (sampler === undefined) throw new Error("every cluster has a sampler");
  return sampler;
}

/** What the last sweep found, with the sampler that judges it. Waits for the first sweep; throws ProblemError when there never was one. */
export async function sampledOf(scope: Scope): Promise<Sampled & { readonly sampler: Sampler }> {
  const sampler = samplerOf(scope);
  return { ...(await sampler.sampled()), sampler };
}
