import { describe, expect, test } from "vitest";
import type { SocketHandlers } from "../environment.ts";
import { SimulatedDeath } from "./simulated-process.ts";
import { Simulation } from "./simulation.ts";

const silent: SocketHandlers = { onData: () => {}, onDrain: () => {}, onClose: () => {} };

describe("time", () => {
  test("passes only in a run, and a week of it takes no time", async () => {
    const simulation = new Simulation(1);
    const { clock } = simulation.machine("one").start("program").environment;
    const fired: number[] = [];
    const tick = (): void => {
      fired.push(clock.monotonicMs());
      clock.at(clock.monotonicMs() + 3_600_000, tick);
    };
    clock.at(0, tick);
    expect(fired).toEqual([]);
    const wallMs = clock.wallMs();
    expect(await simulation.run({ forMs: 7 * 24 * 3_600_000 })).toBe("time");
    expect(fired).toHaveLength(7 * 24 + 1);
    expect(clock.wallMs() - wallMs).toBe(7 * 24 * 3_600_000);
  });

  test("a timer that is armed again for what is left of its deadline comes to an end", async () => {
    const simulation = new Simulation(1);
    await simulation.run({ forMs: 1234.567 });
    const { clock } = simulation.machine("one").start("program").environment;
    let checks = 0;
    const deadlineMs = clock.monotonicMs() + Math.PI;
    const check = (): void => {
      checks++;
      if (clock.monotonicMs() < deadlineMs) clock.at(deadlineMs, check);
    };
    clock.at(deadlineMs, check);
    expect(await simulation.run()).toBe("idle");
    expect(checks).toBe(1);
  });

  test("ends a run by its condition, its time, its bound of events, or for want of events", async () => {
    const simulation = new Simulation(1);
    const { clock } = simulation.machine("one").start("program").environment;
    let ticks = 0;
    const tick = (): void => {
      ticks++;
      clock.at(clock.monotonicMs() + 10, tick);
    };
    tick();
    expect(await simulation.run({ until: () => ticks === 3 })).toBe("until");
    expect(await simulation.run({ forMs: 25 })).toBe("time");
    expect(clock.monotonicMs()).toBe(45);
    expect(await simulation.run({ maxEvents: 5 })).toBe("events");
    expect(await new Simulation(1).run()).toBe("idle");
    await expect(new Simulation(1).settle(new Promise(() => {}))).rejects.toThrow(/does not settle: idle/);
  });

  test("the date may jump, durations do not", async () => {
    const simulation = new Simulation(1);
    const machine = simulation.machine("one");
    const { clock } = machine.start("program").environment;
    const before = clock.wallMs();
    machine.wall.jump(-5000);
    await simulation.run({ forMs: 1000 });
    expect(clock.wallMs()).toBe(before - 4000);
    expect(clock.monotonicMs()).toBe(1000);
  });
});

describe("a seed", () => {
  /** Everything that the world decides, in one line each. */
  async function trace(seed: number): Promise<string[]> {
    const simulation = new Simulation(seed);
    const lines: string[] = [];
    const note = (line: string) => lines.push(`${simulation.time.nowMs} ${line}`);
    const server = simulation.machine("server").start("server").environment;
    const client = simulation.machine("client").start("client").environment;
    const listening = await simulation.settle(
      server.network.listen({ host: "server", port: 9092 }, (socket) => ({
        onData(bytes) {
          note(`server ${bytes.length}`);
          socket.write([Uint8Array.from(bytes)]);
        },
        onDrain: () => note("server drained"),
        onClose: (error) => note(`server closed ${error?.code}`),
      })),
    );
    const handlers = {
      ...silent,
      onData: (bytes: Uint8Array) => note(`client ${bytes.length}`),
      onClose: () => note("client closed"),
    };
    const socket = await simulation.settle(
      client.network.connect({ host: "server", port: listening.port, timeoutMs: 1000 }, handlers),
    );
    for (let count = 1; count < 20; count++)
      client.clock.at(count, () => void socket.write([client.random.bytes(count * 100)]));
    client.clock.at(50, () => socket.end());
    const file = server.disk.open("/log", { create: true });
    server.disk.write(file, 0, server.random.bytes(20_000));
    server.disk.sync(file).then(() => note("synced"), note);
    await simulation.run();
    note(server.random.uuid());
    return [...lines, String(simulation.events)];
  }

  test("gives the same run each time, another gives another", async () => {
    const first = await trace(7);
    expect(first.length).toBeGreaterThan(30);
    expect(await trace(7)).toEqual(first);
    expect(await trace(8)).not.toEqual(first);
  });
});

describe("a killed program", () => {
  test("does nothing more: timers, promises and handlers are silent, calls unwind", async () => {
    const simulation = new Simulation(3);
    const machine = simulation.machine("one");
    const { environment, process } = machine.start("victim");
    const after: string[] = [];
    const file = environment.disk.open("/file", { create: true });
    environment.disk.write(file, 0, new Uint8Array(10));
    environment.clock.at(5, () => after.push("timer"));
    environment.clock.soon(() => after.push("soon"));
    void environment.disk.sync(file).then(() => after.push("synced"));
    machine.kill(process);
    await simulation.run();
    expect(after).toEqual([]);
    expect(() => environment.disk.write(file, 0, new Uint8Array(1))).toThrow(SimulatedDeath);
    expect(machine.start("next").environment.disk.readFile("/file")).toHaveLength(10);
  });

  test("in the middle of a write leaves a part of it, and its step goes no further", async () => {
    const sizes = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      const simulation = new Simulation(seed);
      const machine = simulation.machine("one");
      const { environment, process } = machine.start("victim");
      let wasReached = false;
      environment.clock.soon(() => {
        const file = environment.disk.open("/log", { create: true });
        environment.disk.write(file, 0, new Uint8Array(100).fill(1));
        environment.disk.write(file, 100, new Uint8Array(50).fill(2));
        wasReached = true;
      });
      machine.killDuringWrite(process, 1);
      await simulation.run();
      expect([wasReached, process.isAlive]).toEqual([false, false]);
      const left = machine.start("next").environment.disk.readFile("/log");
      expect(left?.subarray(0, 100).every((byte) => byte === 1)).toBe(true);
      sizes.add(left?.length ?? 0);
    }
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(150);
    expect(sizes.size).toBeGreaterThan(10);
  });
});

test("what is logged can be asked for by message and fields", async () => {
  const simulation = new Simulation(1);
  const { environment } = simulation.machine("one").start("broker-1");
  environment.clock.at(5, () => environment.log.with({ topic: "t" }).info({ partition: 0 }, "isr changed"));
  await simulation.run();
  expect(simulation.log.named("isr changed", { partition: 0 })).toEqual([
    { atMs: 5, level: "info", fields: { process: "broker-1", topic: "t", partition: 0 }, message: "isr changed" },
  ]);
  expect(simulation.log.named("isr changed", { partition: 1 })).toEqual([]);
});
