/**
 * What can go wrong with machines of their own. `broker-death`, `controller-death`, `platform-death`: kill -9 of one broker, of the controller, of all;
 * what was written stays. `stale-return`: a broker that was away long enough to leave the ISR comes back, and all others are gone. `torn-write`: a broker dies in the middle of a write. `machine-death`: a broker's machine loses power, and what it had not
 * synced in part; `controller-power-cut`: the controller's, which syncs before it answers. `full-disk`: writes of a broker end in ENOSPC, some of them after a part. `split`: a broker reaches nobody but clients, the controller no
 * broker, or the clients not one of them; `half-split`: packets go only one way between two machines. `slow-link`: they take up to a second.
 * `connection-loss`: connections of two machines break. `clock-jump`: somebody sets a broker's date.
 */
export const REPLICATED_FAULT_CLASSES = [
  "broker-death",
  "controller-death",
  "platform-death",
  "stale-return",
  "torn-write",
  "machine-death",
  "controller-power-cut",
  "full-disk",
  "split",
  "half-split",
  "slow-link",
  "connection-loss",
  "clock-jump",
] as const;
/** And when all brokers sync before they acknowledge: `blackout`, the machines of all brokers lose their power at once. */
export const FLUSHED_FAULT_CLASSES = [...REPLICATED_FAULT_CLASSES, "blackout"] as const;
export type ReplicatedFaultClass = (typeof FLUSHED_FAULT_CLASSES)[number];
