import type { ClusterEntry, ClusterList } from "../../lib/contracts/clusters.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { type Actor, refusalOf } from "./actor.ts";
import type { ClusterOptions } from "./console-options.ts";
import { loginOf } from "./connection/login-of.ts";
import type { ConsoleContext } from "./context.ts";

/** The clusters that the console shows. Asks none of them, so it always answers at once. */
export function listClusters(context: ConsoleContext, actor: Actor, _input: object): Promise<Result<ClusterList>> {
  const refusal = refusalOf(actor, "read", "Clusters were not listed");
  if (refusal) return Promise.resolve(fail(refusal));
  const clusters = context.options.clusters.map(clusterEntryOf);
  return Promise.resolve(succeed({ clusters, defaultCluster: clusters[0]?.slug ?? "" }));
}

/** What is known of a cluster without asking it. Client properties hold passwords and never leave the server. */
export function clusterEntryOf(options: ClusterOptions): ClusterEntry {
  const { id, name, bundled, bootstrap } = options;
  return { slug: id, name, bundled, environment: null, bootstrap: [...bootstrap], login: loginOf(options) };
}
