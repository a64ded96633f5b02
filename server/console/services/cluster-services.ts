import { readFileSync } from "node:fs";
import { ProblemError } from "../../../lib/problem.ts";
import type { ClusterOptions } from "../console-options.ts";
import { ConnectCluster } from "./connect-cluster.ts";
import { SchemaRegistry } from "./schema-registry.ts";
import { readServiceSettings } from "./service-settings.ts";

/** What runs beside a cluster, as far as its client properties say where. */
export type ClusterServices = {
  readonly schemaRegistry: SchemaRegistry | undefined;
  readonly connect: readonly ConnectCluster[];
};

/** Throws ProblemError when the properties cannot be used. Asks nothing yet. */
export function servicesOf({ clientProperties }: Pick<ClusterOptions, "clientProperties">): ClusterServices {
  const settings = readServiceSettings(clientProperties, (path) => readFileSync(path, "utf8"));
  if (!settings.ok) throw new ProblemError(settings.problem);
  const { schemaRegistry, connect } = settings.value;
  return {
    schemaRegistry: schemaRegistry && new SchemaRegistry(schemaRegistry),
    connect: connect.map((access) => new ConnectCluster(access)),
  };
}
