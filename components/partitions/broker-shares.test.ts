import { expect, test } from "vitest";
import { sharesOf } from "@/components/partitions/broker-shares";
import { matchesPartition } from "@/components/partitions/partition-filters";

const replica = (
  broker: number,
  state: "in-sync" | "lagging" | "offline" = "in-sync",
  sizeBytes: number | null = 10,
) => ({
  broker,
  state,
  lagMessages: null,
  sizeBytes,
  directory: broker === 9 ? null : `/disk-${broker}`,
});
const partition = (number: number, leader: number, replicas: ReturnType<typeof replica>[]) => ({
  partition: number,
  leader,
  leaderEpoch: 1,
  replicas,
  startOffset: "0",
  endOffset: "1",
  sizeBytes: 10,
});
const broker = (id: number, rack: string | null) => ({ id, host: "h", port: 1, rack });

test("a topic seen by broker: what each leads, follows and lacks, brokers without a replica too", () => {
  const shares = sharesOf({
    partitions: [
      partition(0, 1, [replica(1), replica(9, "offline", null)]),
      partition(1, 1, [replica(2, "lagging"), replica(1)]),
    ],
    brokers: [broker(1, "a"), broker(2, "b"), broker(3, null)],
  });
  expect(shares).toMatchObject([
    {
      broker: 1,
      leads: [0, 1],
      follows: [],
      sizeBytes: 20,
      sizeShare: 1,
      directories: [{ path: "/disk-1", replicas: 2 }],
    },
    { broker: 2, rack: "b", leads: [], follows: [1], outOfSync: [1], sizeShare: 0.5 },
    { broker: 3, leads: [], follows: [], sizeBytes: 0 },
    { broker: 9, isAlive: false, outOfSync: [0], sizeBytes: null, directories: [] },
  ]);
});

test("partitions are found by number, broker and rack", () => {
  const racks = new Map([
    [1, "eu-1a"],
    [2, "eu-1b"],
  ]);
  const row = { partition: 7, replicas: [replica(1)] };
  const found = (typed: string) => matchesPartition(row, typed, racks);
  expect(["", "7", "1", "broker 1", "eu-1a"].map(found)).toEqual([true, true, true, true, true]);
  expect(["8", "broker 7", "eu-1b"].map(found)).toEqual([false, false, false]);
});
