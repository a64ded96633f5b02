import { describe, expect, test } from "vitest";
import type { RequestOf } from "../../wire/api.ts";
import type { BrokerRegistration } from "../../wire/apis/broker-registration.ts";
import { supportedFeatures } from "./features.ts";
import { registerBroker, type RegistrationFacts } from "./register-broker.ts";
import { directoryOf, World } from "./testing/world.ts";

type Request = RequestOf<typeof BrokerRegistration>;

const CLUSTER = "cluster";

function ask(id: number, change: Partial<Request> = {}): Request {
  return {
    brokerId: id,
    clusterId: CLUSTER,
    incarnationId: "incarnationincarnatioA",
    listeners: [{ name: "EXTERNAL", host: "127.0.0.1", port: 9092, securityProtocol: 0 }],
    features: [...supportedFeatures],
    rack: "a",
    isMigratingZkBroker: false,
    logDirs: [directoryOf(id)],
    previousBrokerEpoch: -1,
    ...change,
  };
}

function facts(world: World, change: Partial<RegistrationFacts> = {}): RegistrationFacts {
  return { clusterId: CLUSTER, nextOffset: world.nextOffset, isAlive: false, ...change };
}

test("a new broker is registered fenced, its epoch is the offset of its record", () => {
  const world = new World();
  const nextOffset = world.nextOffset;
  expect(world.take(registerBroker(world.view, ask(1), facts(world)))).toEqual({
    errorCode: 0,
    brokerEpoch: nextOffset,
  });
  expect(world.broker(1)).toMatchObject({ epoch: nextOffset, fenced: true, rack: "a", logDirs: [directoryOf(1)] });
  expect(world.broker(1).endpoints).toEqual([{ name: "EXTERNAL", host: "127.0.0.1", port: 9092, securityProtocol: 0 }]);
});

test("a registration that is repeated gets the epoch that it got before", () => {
  const world = new World();
  const first = world.take(registerBroker(world.view, ask(1), facts(world)));
  expect(registerBroker(world.view, ask(1), facts(world, { isAlive: true }))).toEqual({ records: [], response: first });
});

describe("a registration is refused", () => {
  const withoutGroups = supportedFeatures.filter(({ name }) => name !== "group.version");
  const old = supportedFeatures.map((feature) =>
    feature.name === "metadata.version" ? { ...feature, maxSupportedVersion: 20 } : feature,
  );
  const cases: readonly (readonly [says: string, request: Request, errorCode: number])[] = [
    ["of another cluster: INCONSISTENT_CLUSTER_ID", ask(2, { clusterId: "other" }), 104],
    ["without a finalised feature: UNSUPPORTED_VERSION", ask(2, { features: withoutGroups }), 35],
    ["with a lower metadata.version than finalised: UNSUPPORTED_VERSION", ask(2, { features: old }), 35],
    ["with a directory twice: INVALID_REGISTRATION", ask(2, { logDirs: [directoryOf(2), directoryOf(2)] }), 119],
    ["with a directory of another broker: INVALID_REGISTRATION", ask(2, { logDirs: [directoryOf(1)] }), 119],
  ];
  const world = new World().brokers(1);
  test.each(cases)("%s", (_says, request, errorCode) => {
    expect(registerBroker(world.view, request, facts(world))).toEqual({ records: [], response: { errorCode } });
  });

  test("while another broker of the same id lives, on other directories: DUPLICATE_BROKER_REGISTRATION", () => {
    const request = ask(1, { logDirs: [directoryOf(9)] });
    expect(registerBroker(world.view, request, facts(world, { isAlive: true })).response).toEqual({ errorCode: 101 });
    expect(registerBroker(world.view, request, facts(world)).response.errorCode).toBe(0);
  });
});

test("a killed broker is back at once, because it holds the lock of the same directories", () => {
  const world = new World().brokers(1);
  expect(registerBroker(world.view, ask(1), facts(world, { isAlive: true })).response.errorCode).toBe(0);
});

describe("a broker that comes back", () => {
  function three(): World {
    const world = new World({ "min.insync.replicas": "2" }).brokers(1, 2, 3);
    world.topic("t", [[1, 2, 3]]);
    return world;
  }

  test("without having stopped in order loses its place in sync, and what it led", () => {
    const world = three();
    const response = world.take(registerBroker(world.view, ask(1), facts(world)));
    expect(world.state("t")).toBe("leader 2 isr 2,3 elr  last ");
    expect(response.brokerEpoch).toBe(world.nextOffset - 1);
    expect(world.broker(1).epoch).toBe(world.nextOffset - 1);
  });

  test("having stopped in order stays eligible", () => {
    const world = new World().brokers(1);
    world.topic("t", [[1]]);
    world.take(registerBroker(world.view, ask(1, { previousBrokerEpoch: world.broker(1).epoch }), facts(world)));
    expect(world.state("t")).toBe("leader -1 isr  elr 1 last 1");
    world.unfence(1);
    expect(world.partition("t").leaderRecoveryState).toBe(0);
  });

  test("alone and without having stopped in order leads what it has, as recovering", () => {
    const world = new World().brokers(1);
    world.topic("t", [[1]]);
    world.take(registerBroker(world.view, ask(1), facts(world)));
    expect(world.state("t")).toBe("leader -1 isr  elr  last 1");
    world.unfence(1);
    expect(world.state("t")).toBe("leader 1 isr 1 elr  last ");
    expect(world.partition("t")).toMatchObject({ leaderEpoch: 2, leaderRecoveryState: 1 });
  });
});
