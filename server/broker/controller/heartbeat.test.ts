import { describe, expect, test } from "vitest";
import { heartbeat, type HeartbeatFacts } from "./heartbeat.ts";
import { directoryOf, World } from "./testing/world.ts";

type Request = Parameters<typeof heartbeat>[1];

function ask(world: World, id: number, change: Partial<Request> = {}): Request {
  const epoch = world.image.brokers.get(id)?.epoch ?? 0;
  return {
    brokerId: id,
    brokerEpoch: epoch,
    currentMetadataOffset: epoch,
    wantFence: false,
    wantShutDown: false,
    offlineLogDirs: [],
    ...change,
  };
}

const alone: HeartbeatFacts = { session: undefined, lowestActiveOffset: undefined };

describe("a fenced broker", () => {
  function fenced(): World {
    const world = new World();
    world.register(1);
    return world;
  }

  test("comes in once it has read its own registration", () => {
    const world = fenced();
    const early = ask(world, 1, { currentMetadataOffset: world.broker(1).epoch - 1 });
    expect(heartbeat(world.view, early, alone)).toMatchObject({
      records: [],
      response: { isCaughtUp: false, isFenced: true },
    });
    expect(world.take(heartbeat(world.view, ask(world, 1), alone))).toMatchObject({
      isCaughtUp: true,
      isFenced: false,
    });
    expect(world.broker(1).fenced).toBe(false);
  });

  test("stays out while it wants to", () => {
    const world = fenced();
    expect(heartbeat(world.view, ask(world, 1, { wantFence: true }), alone)).toMatchObject({
      records: [],
      response: { isFenced: true },
    });
  });

  test("may go at once", () => {
    const world = fenced();
    expect(heartbeat(world.view, ask(world, 1, { wantShutDown: true }), alone)).toMatchObject({
      records: [],
      response: { shouldShutDown: true },
    });
  });
});

test("a heartbeat of an unknown broker or an old registration is refused", () => {
  const world = new World().brokers(1);
  expect(heartbeat(world.view, ask(world, 9), alone).response).toEqual({ errorCode: 102 });
  expect(heartbeat(world.view, ask(world, 1, { brokerEpoch: 1 }), alone).response).toEqual({ errorCode: 77 });
});

test("a heartbeat of a broker that takes part writes nothing", () => {
  const world = new World().brokers(1);
  expect(heartbeat(world.view, ask(world, 1), alone)).toMatchObject({
    records: [],
    response: { errorCode: 0, isCaughtUp: true, isFenced: false, shouldShutDown: false },
  });
});

test("a broker may ask to be fenced", () => {
  const world = new World().brokers(1);
  expect(world.take(heartbeat(world.view, ask(world, 1, { wantFence: true }), alone))).toMatchObject({
    isFenced: true,
    shouldShutDown: false,
  });
  expect(world.broker(1).fenced).toBe(true);
});

describe("a broker that wants to stop", () => {
  const wantShutDown = { wantShutDown: true };

  test("and leads nothing goes at once, fenced", () => {
    const world = new World().brokers(1);
    expect(world.take(heartbeat(world.view, ask(world, 1, wantShutDown), alone))).toMatchObject({
      shouldShutDown: true,
    });
    expect(world.broker(1).fenced).toBe(true);
  });

  test("hands over what it leads, and goes when the others know of it", () => {
    const world = new World().brokers(1, 2);
    world.topic("t", [[1, 2]]);
    const first = heartbeat(world.view, ask(world, 1, wantShutDown), { session: undefined, lowestActiveOffset: 0 });
    expect(first).toMatchObject({ beginsShutdown: true, response: { shouldShutDown: false, isFenced: false } });
    expect(world.apply(first.records).map(({ name }) => name)).toEqual([
      "BrokerRegistrationChangeRecord",
      "PartitionChangeRecord",
    ]);
    expect(world.partition("t").leader).toBe(2);

    const session = { epoch: 0, contactMs: 0, heard: true, metadataOffset: 0, shutdownOffset: 30 };
    const soon = heartbeat(world.view, ask(world, 1, wantShutDown), { session, lowestActiveOffset: 29 });
    expect(soon).toMatchObject({ records: [], response: { shouldShutDown: false } });
    const late = heartbeat(world.view, ask(world, 1, wantShutDown), { session, lowestActiveOffset: 30 });
    expect(world.take(late)).toMatchObject({ shouldShutDown: true });
    expect(world.broker(1).fenced).toBe(true);
  });

  test("as the only replica leaves its partition without a leader, but eligible", () => {
    const world = new World().brokers(1);
    world.topic("t", [[1]]);
    world.take(heartbeat(world.view, ask(world, 1, wantShutDown), alone));
    expect(world.state("t")).toBe("leader -1 isr  elr 1 last 1");
    expect(world.take(heartbeat(world.view, ask(world, 1, wantShutDown), alone))).toMatchObject({
      shouldShutDown: true,
    });
  });
});

test("replicas in a log directory that failed are no longer in sync, and others lead", () => {
  const world = new World().brokers(1, 2);
  world.topic("t", [[1, 2]]);
  world.take(heartbeat(world.view, ask(world, 1, { offlineLogDirs: [directoryOf(1)] }), alone));
  expect(world.state("t")).toBe("leader 2 isr 2 elr  last ");
  expect(world.broker(1).fenced).toBe(false);
});
