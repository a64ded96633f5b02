import { expect, test } from "vitest";
import { partitionHealth } from "@/components/partitions/partition-health";
import type { ReplicaDetail } from "@/lib/contracts/partitions";

const replica = (
  broker: number,
  state: ReplicaDetail["state"] = "in-sync",
  lagMessages: number | null = null,
): ReplicaDetail => ({ broker, state, lagMessages, sizeBytes: 1, directory: null });
const partition = (...replicas: ReplicaDetail[]) => ({
  partition: 0,
  leader: 1,
  leaderEpoch: 0,
  replicas,
  startOffset: "0",
  endOffset: "1",
  sizeBytes: 1,
});

test.each([
  [partition(replica(1), replica(2)), 2, "ok", ""],
  [partition(replica(1), replica(2), replica(3, "lagging", 48_000)), 2, "warn", "3 is 48.0k behind"],
  [
    partition(replica(1), replica(2, "offline"), replica(3, "lagging")),
    2,
    "bad",
    "2 is offline, 3 is not in sync, acks=all refused",
  ],
  [{ ...partition(replica(1, "offline")), leader: null }, 1, "bad", "no leader: nothing can be read or written"],
])("%#: the trouble is told in words", (facts, min, kind, note) =>
  expect(partitionHealth(facts, min)).toEqual({ kind, note }),
);
