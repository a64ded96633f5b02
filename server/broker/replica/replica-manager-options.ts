import type { LogManager } from "../log/log-manager.ts";
import type { IsrProposal } from "./partition.ts";
import type { ReplicationQuota } from "./replication-quota.ts";

/** What a broker gives its replicas to work with. */
export type ReplicaManagerOptions = {
  readonly nodeId: number;
  readonly logs: LogManager;
  /** Asks the controller for an ISR (AlterPartition); the answer goes to `isrConfirmed` or `isrRefused`. */
  readonly proposeIsr?: (proposal: IsrProposal) => void;
  /** replica.lag.time.max.ms; 30 s when absent. */
  readonly lagMsMax?: () => number;
  /** replica.selector.class; always the leader when absent. */
  readonly selector?: () => string | null;
  /** What throttled followers may be sent; all when absent. */
  readonly leaderQuota?: ReplicationQuota;
};
