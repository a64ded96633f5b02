import { describe, expect, test } from "vitest";
import type { NetworkError, Socket, SocketHandlers } from "../environment.ts";
import { Simulation, type RunningProgram } from "./simulation.ts";

/** Notes what it is told; keeps the views on purpose. */
class Noting implements SocketHandlers {
  readonly views: Uint8Array[] = [];
  readonly copies: Uint8Array[] = [];
  closed: { error: string | undefined } | undefined;
  onData(bytes: Uint8Array): void {
    this.views.push(bytes);
    this.copies.push(Uint8Array.from(bytes));
  }
  onDrain(): void {}
  onClose(error?: NetworkError): void {
    this.closed = { error: error?.code };
  }
  get text(): string {
    return Buffer.concat(this.copies).toString();
  }
}

type Link = {
  simulation: Simulation;
  client: Noting;
  server: Noting;
  socket: Socket;
  accepted: Socket;
  programs: { client: RunningProgram; server: RunningProgram };
};

async function linked(seed: number): Promise<Link> {
  const simulation = new Simulation(seed);
  const programs = {
    server: simulation.machine("server").start("server"),
    client: simulation.machine("client").start("client"),
  };
  const [client, server] = [new Noting(), new Noting()];
  let accepted: Socket | undefined;
  await simulation.settle(
    programs.server.environment.network.listen({ host: "0.0.0.0", port: 9092 }, (socket) => {
      accepted = socket;
      return server;
    }),
  );
  const socket = await simulation.settle(
    programs.client.environment.network.connect({ host: "server", port: 9092, timeoutMs: 1000 }, client),
  );
  if (accepted === undefined) throw new Error("nothing was accepted");
  return { simulation, client, server, socket, accepted, programs };
}

const bytes = (text: string) => new TextEncoder().encode(text);

test("a received view is poisoned when its callback has returned", async () => {
  const { simulation, server, socket } = await linked(1);
  socket.write([bytes("a kept reference fails here and not in production")]);
  await simulation.run();
  expect(server.text).toBe("a kept reference fails here and not in production");
  expect(server.views.every((view) => view.every((byte) => byte === 0xdb))).toBe(true);
});

test("bytes arrive in order, late, and cut at any byte", async () => {
  const sizes = new Set<number>();
  for (let seed = 0; seed < 30; seed++) {
    const { simulation, server, socket } = await linked(seed);
    const startMs = simulation.time.nowMs;
    socket.write([bytes("0123456789"), bytes("abcdef")]);
    socket.write([bytes("ghij")]);
    await simulation.run();
    expect(server.text).toBe("0123456789abcdefghij");
    expect(simulation.time.nowMs).toBeGreaterThan(startMs);
    for (const copy of server.copies) sizes.add(copy.length);
  }
  expect(sizes.size).toBeGreaterThan(8);
});

test("a buffer changed before it left arrives changed", async () => {
  const { simulation, server, socket } = await linked(2);
  const reused = bytes("first");
  socket.write([reused]);
  reused.set(bytes("other"));
  await simulation.run();
  expect(server.text).toBe("other");
});

describe("a split", () => {
  test("holds bytes back until it heals, and new connections time out", async () => {
    const { simulation, server, socket, programs } = await linked(3);
    simulation.network.faults.split(["client"], ["server"]);
    socket.write([bytes("held")]);
    const connecting = programs.client.environment.network.connect(
      { host: "server", port: 9092, timeoutMs: 700 },
      new Noting(),
    );
    const startMs = simulation.time.nowMs;
    await expect(simulation.settle(connecting)).rejects.toMatchObject({ code: "ETIMEDOUT" });
    expect(simulation.time.nowMs).toBeCloseTo(startMs + 700, 2);
    await simulation.run({ forMs: 60_000 });
    expect(server.text).toBe("");
    simulation.network.faults.heal();
    await simulation.run();
    expect(server.text).toBe("held");
  });

  test("of one way lets the other way through", async () => {
    const { simulation, client, server, socket, accepted } = await linked(4);
    simulation.network.faults.block("client", "server");
    socket.write([bytes("lost")]);
    accepted.write([bytes("heard")]);
    await simulation.run();
    expect([client.text, server.text]).toEqual(["heard", ""]);
  });

  test("hides the end of a connection until it heals", async () => {
    const { simulation, client, server, socket } = await linked(5);
    simulation.network.faults.split(["client"], ["server"]);
    socket.destroy();
    await simulation.run();
    expect([client.closed, server.closed]).toEqual([{ error: undefined }, undefined]);
    simulation.network.faults.heal();
    await simulation.run();
    expect(server.closed).toBeDefined();
  });
});

describe("the end of a connection", () => {
  test("by a cut is told to both sides", async () => {
    const { simulation, client, server } = await linked(6);
    simulation.network.cut("server", "client");
    await simulation.run();
    expect([client.closed, server.closed]).toEqual([{ error: "ECONNRESET" }, { error: "ECONNRESET" }]);
  });

  test("by a killed program is told to the other side, and its port is free", async () => {
    const { simulation, client, server, programs } = await linked(7);
    programs.server.process.die();
    await simulation.run();
    expect([client.closed, server.closed]).toEqual([{ error: undefined }, undefined]);
    const again = programs.client.environment.network.connect(
      { host: "server", port: 9092, timeoutMs: 1000 },
      new Noting(),
    );
    await expect(simulation.settle(again)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("by a power cut is told to nobody, until the machine is back and is sent something", async () => {
    const simulation = new Simulation(8);
    const machine = simulation.machine("server");
    const { network } = machine.start("server").environment;
    const client = new Noting();
    await simulation.settle(network.listen({ host: "server", port: 9092 }, () => new Noting()));
    const clientNetwork = simulation.machine("client").start("client").environment.network;
    const socket = await simulation.settle(
      clientNetwork.connect({ host: "server", port: 9092, timeoutMs: 1000 }, client),
    );
    machine.cutPower();
    socket.write([bytes("anybody?")]);
    await simulation.run({ forMs: 60_000 });
    expect(client.closed).toBeUndefined();
    const connecting = clientNetwork.connect({ host: "server", port: 9092, timeoutMs: 100 }, new Noting());
    await expect(simulation.settle(connecting)).rejects.toMatchObject({ code: "ETIMEDOUT" });
    machine.start("server again");
    await simulation.run();
    expect(client.closed).toEqual({ error: "ECONNRESET" });
  });
});

test("hosts, addresses and TLS that do not fit are refused by name", async () => {
  const { simulation, programs } = await linked(9);
  const { network } = programs.client.environment;
  const code = async (host: string, tls?: { rejectUnauthorized: boolean }) => {
    const options = { host, port: 9092, timeoutMs: 1000, ...(tls === undefined ? {} : { tls }) };
    return simulation.settle(
      network.connect(options, new Noting()).then(
        () => "connected",
        (error: NetworkError) => error.code,
      ),
    );
  };
  expect(await code("nowhere")).toBe("ENOTFOUND");
  expect(await code("127.0.0.1")).toBe("ECONNREFUSED");
  expect(await code("server", { rejectUnauthorized: false })).toBe("EPROTO");
  await expect(
    simulation.settle(network.listen({ host: "server", port: 1 }, () => new Noting())),
  ).rejects.toMatchObject({ code: "EADDRNOTAVAIL" });
});
