import { ApiVersions } from "../../wire/apis/api-versions.ts";
import type { ResponseOf } from "../../wire/api.ts";
import { ClientError } from "../client-error.ts";
import type { ClusterClient } from "../cluster-client.ts";

/** How fast a broker answers by itself, and what it told: its features among it. */
type ProbeAnswer = { readonly latencyMs: number; readonly told: ResponseOf<typeof ApiVersions> };

/** A broker's answer; or why there is none. */
export type BrokerProbe = { readonly broker: number; readonly answer: ProbeAnswer | ClientError };

/** Asks every broker that the cluster names for what costs it least. A broker that fails does not spoil the others' answers. `elapsedMs` is the caller's clock. */
export async function probeBrokers(
  client: ClusterClient,
  { timeoutMs, elapsedMs }: { readonly timeoutMs: number; readonly elapsedMs: () => number },
): Promise<BrokerProbe[]> {
  return Promise.all(
    [...client.metadata.brokers.keys()].map(async (broker) => {
      try {
        const request = { clientSoftwareName: "odradek", clientSoftwareVersion: "1" };
        const options = { to: { node: broker }, deadlineMs: client.deadline(timeoutMs) };
        // The first answer may wait for a connection to be made; the second tells how fast the broker is.
        await client.send(ApiVersions, request, options);
        const startedMs = elapsedMs();
        const told = await client.send(ApiVersions, request, options);
        return { broker, answer: { latencyMs: elapsedMs() - startedMs, told } };
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        return { broker, answer: error };
      }
    }),
  );
}
