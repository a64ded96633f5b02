import { expect, test } from "vitest";
import { Simulation } from "../../environment/simulated/simulation.ts";
import { BrokerConfig } from "../config/broker-config.ts";
import { connectionBounds } from "./connection-bounds.ts";
import { ConnectionLimits } from "./connection-limits.ts";

const NODE = {
  "node.id": "1",
  listeners: "OPEN://:9092,INSIDE://:9192",
  "listener.security.protocol.map": "OPEN:PLAINTEXT,INSIDE:PLAINTEXT",
  "inter.broker.listener.name": "INSIDE",
};

function limits(settings: Readonly<Record<string, string>>) {
  const config = BrokerConfig.fromTexts({ defaults: { ...NODE, ...settings } });
  if (!(config instanceof BrokerConfig)) throw new Error(JSON.stringify(config));
  const simulation = new Simulation("connections");
  const { clock } = simulation.machine("node-1").start("broker").environment;
  return { simulation, limits: new ConnectionLimits(clock, (listener) => connectionBounds(config, listener)) };
}

test("max.connections.per.ip counts each address, and an override holds for its own", () => {
  const { limits: counted } = limits({
    "max.connections.per.ip": "1",
    "max.connections.per.ip.overrides": "10.0.0.2:2, ::1:0",
  });
  expect(counted.add("OPEN", "10.0.0.1")).toBeUndefined();
  expect(counted.add("OPEN", "10.0.0.1")).toBe("max.connections.per.ip");
  expect(counted.add("OPEN", "10.0.0.2")).toBeUndefined();
  expect(counted.add("INSIDE", "10.0.0.2")).toBeUndefined();
  expect(counted.add("OPEN", "10.0.0.2")).toBe("max.connections.per.ip");
  expect(counted.add("OPEN", "::1")).toBe("max.connections.per.ip");
  for (const address of ["10.0.0.1", "10.0.0.1"]) counted.remove("OPEN", address);
  expect(counted.add("OPEN", "10.0.0.1")).toBeUndefined();
});

test("max.connections shuts nobody out of the listener between brokers, but for a limit of its own", () => {
  const { limits: counted } = limits({
    "max.connections": "1",
    "listener.name.inside.max.connections": "2",
  });
  expect(counted.add("OPEN", "a")).toBeUndefined();
  expect(counted.add("OPEN", "b")).toBe("max.connections");
  counted.remove("OPEN", "b");
  expect(counted.add("INSIDE", "b")).toBeUndefined();
  expect(counted.add("INSIDE", "b")).toBeUndefined();
  expect(counted.add("INSIDE", "b")).toBe("max.connections");
});

test("above max.connection.creation.rate connections wait in turn", async () => {
  const { simulation, limits: counted } = limits({ "max.connection.creation.rate": "2" });
  const delays = () => [1, 2, 3, 4].map(() => counted.delayMs("OPEN"));
  expect(delays()).toEqual([0, 0, 500, 1000]);
  expect(counted.delayMs("INSIDE")).toBe(0);
  await simulation.run({ forMs: 3000 });
  expect(delays()).toEqual([0, 0, 500, 1000]);
});

test("a limit that is no address:count is refused by name", () => {
  const bad = BrokerConfig.fromTexts({ defaults: { ...NODE, "max.connections.per.ip.overrides": "10.0.0.1" } });
  expect(bad).toMatchObject([{ name: "max.connections.per.ip.overrides" }]);
});
