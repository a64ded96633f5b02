import { readFileSync } from "node:fs";
import { ProblemError } from "../../lib/problem.ts";
import { ClusterClient } from "../client/cluster-client.ts";
import type { createLog } from "../environment/real/log.ts";
import { realEnvironment } from "../environment/real/real-environment.ts";
import { type ConnectionSettings, readClientProperties } from "./connection/client-properties.ts";
import type { ClusterOptions } from "./console-options.ts";

type Log = ReturnType<typeof createLog>;

/** A page should say that a cluster is gone while its reader still waits for it. */
const CONNECT_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 10_000;
/** The console's name among a cluster's clients. */
export const CLIENT_ID = "odradek-console";

/** What Kafka's client properties say of the way to a cluster, with the files that they name read. */
export function connectionOf({ clientProperties }: Pick<ClusterOptions, "clientProperties">) {
  return readClientProperties(clientProperties, (path) => readFileSync(path, "utf8"));
}

/** A client over connections of its own. */
export function connect(bootstrap: readonly string[], { tls, sasl }: ConnectionSettings, log: Log): ClusterClient {
  return new ClusterClient(realEnvironment({ log }), {
    bootstrap,
    clientId: CLIENT_ID,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
    ...(tls && { tls }),
    ...(sasl && { sasl }),
  });
}

/** The same from the options of a cluster, in a thread of its own. Throws ProblemError when its client properties cannot be used. */
export function clientOf(options: Pick<ClusterOptions, "bootstrap" | "clientProperties">, log: Log): ClusterClient {
  const settings = connectionOf(options);
  if (!settings.ok) throw new ProblemError(settings.problem);
  return connect(options.bootstrap, settings.value, log);
}
