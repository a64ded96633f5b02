import { expect, test } from "vitest";
import { changedRates, heldBrokers, isRate, movedReplicas, ratesOf } from "@/components/brokers/throttle-words";

test("only brokers whose rate is another are changed, and an empty one has none", () => {
  const before = {
    1: { leader: "5000000", follower: "5000000" },
    2: { leader: "500", follower: null, directories: null },
    3: { leader: null, follower: null, directories: "7000000" },
  };
  const rates = ratesOf({ brokers: before });
  expect(rates).toEqual({
    1: { leader: "5", follower: "5", directories: "" },
    2: { leader: "0.0005", follower: "", directories: "" },
    3: { leader: "", follower: "", directories: "7" },
  });
  expect(changedRates(before, rates)).toEqual({});
  const wanted = { ...rates, 1: { leader: "2.5", follower: " ", directories: "" } };
  expect(changedRates(before, wanted)).toEqual({ 1: { leader: "2500000", follower: null } });
  const slower = { ...rates, 3: { leader: "", follower: "", directories: "1" } };
  expect(changedRates(before, slower)).toEqual({ 3: { leader: null, follower: null, directories: "1000000" } });
  expect(["", "0.5", "0", "-1", "fast", "1e400"].map(isRate)).toEqual([true, true, false, false, false, false]);
});

test("a throttle holds leaders that send and followers that are new", () => {
  const move = (partition: number) => ({ topic: "orders", partition, replicas: [1, 2, 3], adding: [3] });
  expect(movedReplicas([move(0), move(4)])).toEqual({ orders: { leader: "0:1,0:2,4:1,4:2", follower: "0:3,4:3" } });
});

test("one rate is for brokers that have one or take part in a move; for all when there are none", () => {
  const none = { leader: null, follower: null };
  expect(heldBrokers({ 1: none, 2: none, 3: none }, [])).toEqual(["1", "2", "3"]);
  expect(heldBrokers({ 1: none, 2: { leader: "5", follower: null }, 3: none }, [])).toEqual(["2"]);
  expect(heldBrokers({ 1: none, 2: none, 3: none }, [{ replicas: [1], adding: [3] }])).toEqual(["1", "3"]);
});
