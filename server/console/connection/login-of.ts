import type { ClusterLogin } from "../../../lib/contracts/clusters.ts";
import type { ClusterOptions } from "../console-options.ts";
import { parseJaasConfig } from "./jaas-config.ts";

/** How the console logs in to a cluster, as commands and programs that people take away say it: without its password. */
export function loginOf({ clientProperties }: Pick<ClusterOptions, "clientProperties">): ClusterLogin | null {
  const protocol = (clientProperties["security.protocol"] ?? "PLAINTEXT").toUpperCase();
  if (protocol === "PLAINTEXT") return null;
  const file = "client.properties";
  if (!protocol.startsWith("SASL")) return { file, protocol, mechanism: null, username: null };
  const mechanism = (clientProperties["sasl.mechanism"] ?? "GSSAPI").toUpperCase();
  const jaas = parseJaasConfig(clientProperties["sasl.jaas.config"] ?? "");
  return { file, protocol, mechanism, username: jaas?.options.get("username") ?? null };
}
