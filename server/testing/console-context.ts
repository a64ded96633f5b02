import type { Problem } from "../../lib/problem.ts";
import type { Result } from "../../lib/result.ts";
import type { ClusterClient } from "../client/cluster-client.ts";
import { type ConsoleContext, createContext } from "../console/context.ts";

/** The one cluster of a test's console, in addresses. */
export const cluster = "local";

/** A console of one cluster; without a data directory it forgets all at its end. */
export function contextOf(
  bootstrap: string,
  clientProperties: Record<string, string> = {},
  dataDirectory = "",
): ConsoleContext {
  return createContext({
    clusters: [{ id: cluster, name: "Local", bootstrap: bootstrap.split(","), clientProperties, bundled: false }],
    dataDirectory,
    host: "localhost",
    port: 3000,
    allowedHosts: ["localhost"],
  });
}

/** The client of a console's one cluster. */
export function clientOf(context: ConsoleContext): ClusterClient {
  const found = context.clusters.get(cluster);
  if (found === undefined) throw new Error("the console has one cluster");
  return found.client;
}

/** The value of a success; a failure fails the test with its words. */
export function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.title}: ${result.problem.detail}`);
  return result.value;
}

/** The problem of a failure. */
export function bad(result: Result<unknown>): Problem {
  if (result.ok) throw new Error("a failure was expected");
  return result.problem;
}
