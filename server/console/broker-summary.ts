import type { BrokerSummary } from "../../lib/contracts/broker-summary.ts";
import type { BrokerState } from "./engine/sampler/broker-states.ts";
import type { Sampler } from "./engine/sampler/sampler.ts";
import type { ClusterSnapshot } from "./engine/sampler/snapshot.ts";

/** A broker's line without what its supervisor says. */
export type SampledBroker = Omit<BrokerSummary, "supervised">;

/** Puts a broker's line together. */
export function summariseBroker(state: BrokerState, snapshot: ClusterSnapshot, sampler: Sampler): SampledBroker {
  const { id } = state;
  const node = snapshot.brokers.find((broker) => broker.id === id);
  const disk = snapshot.disks?.value.brokers.get(id);
  const answer = snapshot.answers?.value.get(id);
  return {
    ...state,
    host: node?.host ?? null,
    port: node?.port ?? null,
    rack: node?.rack ?? null,
    isController: id === snapshot.controllerId,
    sizeBytes: disk?.sizeBytes ?? null,
    diskTotalBytes: disk?.totalBytes ?? null,
    diskUsableBytes: disk?.usableBytes ?? null,
    version: answer && "version" in answer ? answer.version : null,
    latencyMs: answer && "latencyMs" in answer ? Math.round(answer.latencyMs * 100) / 100 : null,
    sizes: sampler.trend("broker-size", String(id)),
    problem: answer && "problem" in answer ? answer.problem : null,
    readAtMs: snapshot.readAtMs,
  };
}
