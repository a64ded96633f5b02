import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  DiskError,
  NetworkError,
  type Environment,
  type Listening,
  type Socket,
  type SocketHandlers,
} from "./environment.ts";
import { createLog } from "./real/log.ts";
import { realEnvironment } from "./real/real-environment.ts";
import { Simulation } from "./simulated/simulation.ts";

/** What both environments promise, checked on both: code tested on one runs on the other. */
type World = {
  readonly environment: Environment;
  /** An empty directory. */
  readonly directory: string;
  /** Awaits something that the environment brings about. */
  settle<T>(promise: Promise<T>): Promise<T>;
  finish(): void;
};

const worlds: [string, () => World][] = [
  ["real", realWorld],
  ["simulated", simulatedWorld],
];

function realWorld(): World {
  const directory = mkdtempSync(join(tmpdir(), "odradek-environment-"));
  const log = createLog({ format: "text", level: "error" });
  const finish = () => rmSync(directory, { recursive: true, force: true });
  return { environment: realEnvironment({ log }), directory, settle: (promise) => promise, finish };
}

function simulatedWorld(): World {
  const simulation = new Simulation("contract");
  const { environment } = simulation.machine("one").start("program");
  environment.disk.makeDirectory("/data");
  return { environment, directory: "/data", settle: (promise) => simulation.settle(promise), finish: () => {} };
}

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (view: Uint8Array | undefined) => (view === undefined ? undefined : Buffer.from(view).toString());
const pattern = (size: number) => Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) & 0xff);

describe.each(worlds)("%s", (_, makeWorld) => {
  let world: World;
  beforeEach(() => {
    world = makeWorld();
  });
  afterEach(() => world.finish());

  const path = (name: string) => join(world.directory, name);
  const errnoOf = (run: () => unknown): string | undefined => {
    try {
      run();
    } catch (error) {
      expect(error).toBeInstanceOf(DiskError);
      return error instanceof DiskError ? error.errno : undefined;
    }
    return undefined;
  };

  describe("disk", () => {
    test("reads what was written, also over and behind the end", async () => {
      const { disk } = world.environment;
      const file = disk.open(path("a"), { create: true });
      expect(disk.sizeBytes(file)).toBe(0);
      disk.write(file, 0, bytes("hello world"));
      disk.write(file, 6, bytes("there"));
      disk.write(file, 13, bytes("!"));
      expect(disk.sizeBytes(file)).toBe(14);
      const into = new Uint8Array(20).fill(7);
      expect(disk.read(file, 4, into)).toBe(10);
      expect([...into.subarray(0, 12)]).toEqual([...bytes("o there"), 0, 0, 33, 7, 7]);
      expect(disk.read(file, 14, into)).toBe(0);
      expect(disk.read(file, 99, into)).toBe(0);
      await world.settle(disk.sync(file));
      disk.close(file);
      disk.close(file);
    });

    test("truncates in both directions", () => {
      const { disk } = world.environment;
      const file = disk.open(path("a"), { create: true });
      disk.write(file, 0, bytes("hello"));
      disk.truncate(file, 2);
      disk.truncate(file, 4);
      expect(disk.sizeBytes(file)).toBe(4);
      disk.close(file);
      expect([...(disk.readFile(path("a")) ?? [])]).toEqual([104, 101, 0, 0]);
    });

    test("opens a file twice, and keeps an open one that was removed", () => {
      const { disk } = world.environment;
      const one = disk.open(path("a"), { create: true });
      const other = disk.open(path("a"));
      disk.write(one, 0, bytes("x"));
      expect(disk.sizeBytes(other)).toBe(1);
      disk.remove(path("a"));
      expect(disk.exists(path("a"))).toBe(false);
      disk.write(other, 1, bytes("y"));
      expect(disk.sizeBytes(one)).toBe(2);
      disk.close(one);
      disk.close(other);
    });

    test("names its failures", async () => {
      const { disk } = world.environment;
      disk.writeFileAtomic(path("file"), bytes("x"));
      disk.makeDirectory(path("full/inner"));
      disk.makeDirectory(path("empty"));
      expect(errnoOf(() => disk.open(path("none")))).toBe("ENOENT");
      expect(errnoOf(() => disk.open(path("none/file"), { create: true }))).toBe("ENOENT");
      expect(errnoOf(() => disk.open(path("file/below"), { create: true }))).toBe("ENOTDIR");
      expect(errnoOf(() => disk.open(path("empty")))).toBe("EISDIR");
      expect(errnoOf(() => disk.readFile(path("empty")))).toBe("EISDIR");
      expect(errnoOf(() => disk.list(path("file")))).toBe("ENOTDIR");
      expect(errnoOf(() => disk.rename(path("none"), path("other")))).toBe("ENOENT");
      expect(errnoOf(() => disk.rename(path("empty"), path("full")))).toBe("ENOTEMPTY");
      expect(errnoOf(() => disk.rename(path("file"), path("empty")))).toBe("EISDIR");
      expect(errnoOf(() => disk.makeDirectory(path("file")))).toBe("EEXIST");
      expect(errnoOf(() => disk.volume(path("none")))).toBe("ENOENT");
      await expect(world.settle(disk.syncDirectory(path("none")))).rejects.toMatchObject({ errno: "ENOENT" });
      expect(new DiskError("open", "/x", "ENOENT").message).toBe("open /x: ENOENT");
    });

    test("lists names in byte order", () => {
      const { disk } = world.environment;
      for (const name of ["b", "a-10", "B", "é", "a-9", "😀", "￿"]) disk.makeDirectory(path(name));
      disk.writeFileAtomic(path("file"), bytes(""));
      expect(disk.list(world.directory).map((entry) => entry.name)).toEqual([
        "B",
        "a-10",
        "a-9",
        "b",
        "file",
        "é",
        "￿",
        "😀",
      ]);
      expect(disk.list(world.directory).filter((entry) => !entry.isDirectory)).toEqual([
        { name: "file", isDirectory: false },
      ]);
      expect(disk.list(path("none"))).toEqual([]);
    });

    test("renames over files and directories with what is in them", async () => {
      const { disk } = world.environment;
      disk.makeDirectory(path("old"));
      disk.writeFileAtomic(path("old/x"), bytes("1"));
      disk.makeDirectory(path("empty"));
      disk.rename(path("old"), path("empty"));
      expect(disk.exists(path("old"))).toBe(false);
      disk.writeFileAtomic(path("empty/y"), bytes("2"));
      disk.rename(path("empty/y"), path("empty/x"));
      expect(text(disk.readFile(path("empty/x")))).toBe("2");
      await world.settle(disk.syncDirectory(path("empty")));
    });

    test("replaces small files and leaves nothing beside them", () => {
      const { disk } = world.environment;
      expect(disk.readFile(path("meta"))).toBeUndefined();
      disk.writeFileAtomic(path("meta"), bytes("first, longer"));
      disk.writeFileAtomic(path("meta"), bytes("second"));
      expect(text(disk.readFile(path("meta")))).toBe("second");
      expect(disk.list(world.directory)).toHaveLength(1);
      expect(errnoOf(() => disk.writeFileAtomic(path("none/meta"), bytes("x")))).toBe("ENOENT");
    });

    test("removes with all below, and what is not there without complaint", () => {
      const { disk } = world.environment;
      disk.makeDirectory(path("a/b/c"));
      disk.makeDirectory(path("a/b/c"));
      disk.writeFileAtomic(path("a/b/c/d"), bytes("x"));
      disk.remove(path("a"));
      disk.remove(path("a"));
      disk.remove(path("a/b"));
      expect(disk.list(world.directory)).toEqual([]);
    });

    test("closes a file whose sync still runs, and knows the volume", async () => {
      const { disk } = world.environment;
      const file = disk.open(path("a"), { create: true });
      disk.write(file, 0, pattern(100_000));
      const syncs = [disk.sync(file), disk.sync(file)];
      disk.close(file);
      await world.settle(Promise.all(syncs));
      const { totalBytes, usableBytes } = disk.volume(world.directory);
      expect(totalBytes).toBeGreaterThan(0);
      expect(usableBytes).toBeLessThanOrEqual(totalBytes);
    });
  });

  describe("clock", () => {
    test("fires by deadline, ties in order of arming, never early, not when cancelled", async () => {
      const { clock } = world.environment;
      const startMs = clock.monotonicMs();
      const fired: string[] = [];
      const early: string[] = [];
      const arm = (name: string, afterMs: number) => {
        const deadlineMs = startMs + afterMs;
        return clock.at(deadlineMs, () => {
          fired.push(name);
          if (clock.monotonicMs() < deadlineMs) early.push(name);
        });
      };
      arm("c", 20.5);
      arm("a", 5);
      const cancelled = arm("x", 7);
      arm("b1", 10);
      arm("b2", 10);
      arm("past", -5);
      cancelled.cancel();
      clock.soon(() => fired.push("soon"));
      await world.settle(new Promise<void>((resolve) => void clock.at(startMs + 25, resolve)));
      expect(fired.filter((name) => name !== "soon")).toEqual(["past", "a", "b1", "b2", "c"]);
      expect(fired.indexOf("soon")).toBeLessThan(fired.indexOf("a"));
      expect(early).toEqual([]);
      expect(clock.monotonicMs()).toBeGreaterThanOrEqual(startMs + 25);
      expect(clock.wallMs()).toBeGreaterThan(1_700_000_000_000);
      expect(Number.isInteger(clock.wallMs())).toBe(true);
    });

    test("soon comes after the step and its promises", async () => {
      const order: string[] = [];
      const done = new Promise<void>((resolve) => {
        world.environment.clock.soon(() => {
          order.push("soon");
          resolve();
        });
      });
      void Promise.resolve().then(() => order.push("promise"));
      order.push("step");
      await world.settle(done);
      expect(order).toEqual(["step", "promise", "soon"]);
    });
  });

  describe("random", () => {
    test("gives numbers, bytes and Kafka's UUIDs in their ranges", () => {
      const { random } = world.environment;
      const draws = Array.from({ length: 2000 }, () => random.int(-2, 3));
      expect([...new Set(draws)].sort((one, other) => one - other)).toEqual([-2, -1, 0, 1, 2, 3]);
      expect(Array.from({ length: 500 }, () => random.next()).every((value) => value >= 0 && value < 1)).toBe(true);
      expect(random.bytes(33)).toHaveLength(33);
      const uuids = Array.from({ length: 300 }, () => random.uuid());
      expect(uuids.every((uuid) => /^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/.test(uuid))).toBe(true);
      expect(new Set(uuids).size).toBe(300);
    });
  });

  describe("network", () => {
    test("carries bytes both ways, whole and in order", async () => {
      const { listening, accepted } = await world.settle(listen(world.environment));
      const client = new End();
      const toServer = pattern(700_000);
      const toClient = pattern(300_001);
      const socket = await world.settle(
        world.environment.network.connect({ ...at(listening), timeoutMs: 5000 }, client),
      );
      const server = await world.settle(accepted);
      socket.write([toServer.subarray(0, 10), toServer.subarray(10, 500_000), toServer.subarray(500_000)]);
      server.socket.write([toClient]);
      await world.settle(Promise.all([server.end.until(toServer.length), client.until(toClient.length)]));
      expect(Buffer.compare(server.end.received(), toServer)).toBe(0);
      expect(Buffer.compare(client.received(), toClient)).toBe(0);
      expect(socket).toMatchObject({ remoteHost: "127.0.0.1", remotePort: listening.port });
      expect(server.socket).toMatchObject({
        remoteHost: "127.0.0.1",
        localPort: listening.port,
        remotePort: socket.localPort,
      });
      socket.destroy();
      await world.settle(Promise.all([client.closed, server.end.closed, listening.close()]));
    });

    test("sends what is queued before it ends, and both sides are told once", async () => {
      const { listening, accepted } = await world.settle(listen(world.environment));
      const client = new End();
      const socket = await world.settle(
        world.environment.network.connect({ ...at(listening), timeoutMs: 5000 }, client),
      );
      const server = await world.settle(accepted);
      const sent = pattern(1_500_000);
      socket.write([sent]);
      socket.end();
      expect(socket.write([bytes("too late")])).toBe(false);
      expect(await world.settle(server.end.closed)).toBeUndefined();
      expect(await world.settle(client.closed)).toBeUndefined();
      expect(server.end.received()).toHaveLength(sent.length);
      expect([client.closes, server.end.closes]).toEqual([1, 1]);
      server.socket.destroy();
      server.socket.pause();
      server.socket.resume();
      expect(server.socket.write([bytes("nobody")])).toBe(false);
      await world.settle(listening.close());
    });

    test("tells the writer to stop while the reader is paused, and when it may go on", async () => {
      const { listening, accepted } = await world.settle(listen(world.environment));
      const client = new End();
      const socket = await world.settle(
        world.environment.network.connect({ ...at(listening), timeoutMs: 5000 }, client),
      );
      const server = await world.settle(accepted);
      server.socket.pause();
      const part = pattern(1_000_000);
      const answers = Array.from({ length: 20 }, () => socket.write([part]));
      expect(answers.at(-1)).toBe(false);
      socket.write([bytes("end")]);
      const drained = client.drained();
      server.socket.resume();
      await world.settle(drained);
      await world.settle(server.end.until(20_000_003));
      expect(text(server.end.received().subarray(-3))).toBe("end");
      socket.end();
      await world.settle(Promise.all([client.closed, server.end.closed, listening.close()]));
    });

    test("keeps connections apart and accepted ones open when the listener closes", async () => {
      const { network } = world.environment;
      const servers: { socket: Socket; end: End }[] = [];
      let allAccepted = () => {};
      const accepted = new Promise<void>((resolve) => {
        allAccepted = resolve;
      });
      const listening = await world.settle(
        network.listen({ host: "127.0.0.1", port: 0 }, (socket) => {
          const end = new End();
          servers.push({ socket, end });
          if (servers.length === 8) allAccepted();
          return {
            onData(view) {
              end.onData(view);
              // Answers with the same bytes from its own memory, as a broker does.
              socket.write([Uint8Array.from(view)]);
            },
            onDrain: () => end.onDrain(),
            onClose: (error) => end.onClose(error),
          };
        }),
      );
      const clients = Array.from({ length: 8 }, () => new End());
      const sockets = await world.settle(
        Promise.all(
          clients.map((client) =>
            network.connect({ host: "localhost", port: listening.port, timeoutMs: 5000 }, client),
          ),
        ),
      );
      await world.settle(accepted);
      await world.settle(listening.close());
      sockets.forEach((socket, index) => {
        for (let round = 0; round < 50; round++) socket.write([bytes(`${index}`.repeat(index * 37 + round + 1))]);
      });
      const sizes = clients.map((_client, index) => 50 * (index * 37) + (50 * 51) / 2);
      await world.settle(Promise.all(clients.map((client, index) => client.until(sizes[index] ?? 0))));
      clients.forEach((client, index) => expect(new Set(client.received())).toEqual(new Set(bytes(`${index}`))));
      const refused = network.connect({ ...at(listening), timeoutMs: 5000 }, new End());
      await expect(world.settle(refused)).rejects.toMatchObject({ name: "NetworkError", code: "ECONNREFUSED" });
      for (const socket of sockets) socket.destroy();
      await world.settle(Promise.all([...clients, ...servers.map((server) => server.end)].map((end) => end.closed)));
    });

    test("refuses a port in use by name", async () => {
      const { listening } = await world.settle(listen(world.environment));
      const again = world.environment.network.listen({ host: "127.0.0.1", port: listening.port }, () => new End());
      await expect(world.settle(again)).rejects.toBeInstanceOf(NetworkError);
      await expect(world.settle(again)).rejects.toMatchObject({
        code: "EADDRINUSE",
        message: expect.stringContaining(`${listening.port}`),
      });
      await world.settle(listening.close());
      const free = await world.settle(
        world.environment.network.listen({ host: "127.0.0.1", port: listening.port }, () => new End()),
      );
      await world.settle(free.close());
    });

    test("bytes sent while the connection is accepted are told after connect is answered", async () => {
      const { network } = world.environment;
      const listening = await world.settle(
        network.listen({ host: "127.0.0.1", port: 0 }, (socket) => {
          socket.write([bytes("welcome")]);
          return new End();
        }),
      );
      const client = new End();
      const socket = await world.settle(network.connect({ ...at(listening), timeoutMs: 5000 }, client));
      await world.settle(client.until(7));
      expect(text(client.received())).toBe("welcome");
      socket.end();
      await world.settle(Promise.all([client.closed, listening.close()]));
    });
  });
});

function at(listening: Listening): { host: string; port: number } {
  return { host: "127.0.0.1", port: listening.port };
}

/** A listener that hands out the first connection. */
async function listen(
  environment: Environment,
): Promise<{ listening: Listening; accepted: Promise<{ socket: Socket; end: End }> }> {
  let accept: (server: { socket: Socket; end: End }) => void = () => {};
  const accepted = new Promise<{ socket: Socket; end: End }>((resolve) => {
    accept = resolve;
  });
  const listening = await environment.network.listen({ host: "127.0.0.1", port: 0 }, (socket) => {
    const end = new End();
    accept({ socket, end });
    return end;
  });
  return { listening, accepted };
}

/** Collects what one end of a connection is told. */
class End implements SocketHandlers {
  closes = 0;
  readonly closed: Promise<NetworkError | undefined>;
  #close: (error?: NetworkError) => void = () => {};
  readonly #parts: Uint8Array[] = [];
  #size = 0;
  #waiting: { size: number; resolve: () => void }[] = [];
  #drained: () => void = () => {};

  constructor() {
    this.closed = new Promise((resolve) => {
      this.#close = resolve;
    });
  }
  onData(view: Uint8Array): void {
    this.#parts.push(Uint8Array.from(view));
    this.#size += view.length;
    for (const { resolve } of this.#waiting.filter((each) => each.size <= this.#size)) resolve();
    this.#waiting = this.#waiting.filter((each) => each.size > this.#size);
  }
  onDrain(): void {
    this.#drained();
  }
  onClose(error?: NetworkError): void {
    this.closes++;
    this.#close(error);
  }
  received(): Buffer {
    return Buffer.concat(this.#parts);
  }
  until(size: number): Promise<void> {
    if (this.#size >= size) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ size, resolve }));
  }
  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained = resolve;
    });
  }
}
