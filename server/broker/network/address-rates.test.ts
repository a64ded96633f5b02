import { expect, test } from "vitest";
import { Simulation } from "../../environment/simulated/simulation.ts";
import { quotaKey, type ClientQuotaImage } from "../controller/image.ts";
import { AddressRates } from "./address-rates.ts";
import { handlerTable } from "./handler.ts";
import { RequestServer } from "./request-server.ts";

/** Kafka's defaults: ten whole seconds and the one that goes on. */
const WINDOWS = { count: 11, windowMs: 1_000 };
/** Taken at once by a bound of 1 a second, because the rate is that of ten seconds at least. */
const AT_ONCE = 10;

function quotasOf(bounds: Readonly<Record<string, number>>, ofAll?: number): Map<string, ClientQuotaImage> {
  const entries = Object.entries(bounds).map(([name, bound]) => ({ name, bound }));
  const all = ofAll === undefined ? entries : [{ name: null, bound: ofAll }, ...entries];
  return new Map(
    all.map(({ name, bound }) => {
      const entity = [{ type: "ip", name }];
      return [quotaKey(entity), { entity, limits: new Map([["connection_creation_rate", bound]]) }];
    }),
  );
}

function ratesWith(quotas: ReadonlyMap<string, ClientQuotaImage>) {
  const simulation = new Simulation("addresses");
  const { clock } = simulation.machine("node-1").start("broker").environment;
  const rates = new AddressRates({ clock, quotas: () => quotas, windows: WINDOWS });
  /** How many of so many connections are taken. */
  const taken = (address: string, count: number) =>
    Array.from({ length: count }, () => rates.refusedForMs(address)).filter((ms) => ms === 0).length;
  return { simulation, rates, taken };
}

test("an address makes as many connections as its quota allows, and more with time; those that are refused do not count", async () => {
  const { simulation, rates, taken } = ratesWith(quotasOf({ "10.0.0.1": 1 }));
  expect(taken("10.0.0.1", 30)).toBe(AT_ONCE);
  expect(rates.refusedForMs("10.0.0.1"), "no longer than a window").toBe(1_000);
  await simulation.run({ forMs: 12_000 });
  expect(taken("10.0.0.1", 30)).toBe(AT_ONCE);
});

test("the quota of an address goes before that of all, and each address is counted alone", () => {
  const { taken } = ratesWith(quotasOf({ "10.0.0.1": 2, "fe80:0::1": 3 }, 1));
  expect(taken("10.0.0.1", 50)).toBe(2 * AT_ONCE);
  expect(taken("fe80::1", 50)).toBe(3 * AT_ONCE);
  expect(taken("10.0.0.2", 50)).toBe(AT_ONCE);
  expect(taken("10.0.0.3", 50)).toBe(AT_ONCE);
});

test("without a quota nobody is refused", () => {
  expect(ratesWith(new Map()).taken("10.0.0.1", 1_000)).toBe(1_000);
  expect(ratesWith(quotasOf({ "10.0.0.1": 1 })).taken("10.0.0.2", 1_000)).toBe(1_000);
});

test("a connection above the rate is not read from, and closed after the delay", async () => {
  const simulation = new Simulation("refused");
  const { environment } = simulation.machine("broker").start("broker");
  const windows = { count: 2, windowMs: 1_000 };
  const addressRates = new AddressRates({ clock: environment.clock, quotas: () => quotasOf({}, 1), windows });
  const server = new RequestServer<object>(environment, {
    listeners: [{ name: "EXTERNAL", securityProtocol: "PLAINTEXT", host: "broker", port: 9092 }],
    handlers: handlerTable<object>([]),
    services: {},
    addressRates,
  });
  await simulation.settle(server.bind());
  server.serve();
  const { network } = simulation.machine("client").start("client").environment;
  const closedAtMs = new Map<number, number>();
  const connect = (number: number) =>
    network.connect(
      { host: "broker", port: 9092, timeoutMs: 60_000 },
      {
        onData: () => undefined,
        onDrain: () => undefined,
        onClose: () => closedAtMs.set(number, simulation.time.nowMs),
      },
    );
  const startedMs = simulation.time.nowMs;
  await simulation.settle(Promise.all([connect(1), connect(2)]));
  expect([...closedAtMs.keys()]).toEqual([]);
  await simulation.run({ forMs: 5_000 });
  expect([...closedAtMs.keys()]).toEqual([2]);
  expect((closedAtMs.get(2) ?? 0) - startedMs).toBeGreaterThanOrEqual(1_000);
  await simulation.settle(connect(3));
  await simulation.run({ forMs: 5_000 });
  expect([...closedAtMs.keys()], "there is room again").toEqual([2]);
  await simulation.settle(connect(4));
  await simulation.settle(server.stop());
  await simulation.run({ forMs: 100 });
  expect(
    [...closedAtMs.keys()].toSorted((one, other) => one - other),
    "a stop waits for none",
  ).toEqual([1, 2, 3, 4]);
});
