import { describe, expect, test } from "vitest";
import type { Disk, OpenFile } from "../environment.ts";
import { Simulation, type SimulatedMachine } from "./simulation.ts";

/** A machine whose program wrote `synced` bytes of 1 and made them durable, then `unsynced` bytes of 2. */
async function written(seed: number, synced: number, unsynced: number) {
  const simulation = new Simulation(seed);
  const machine = simulation.machine("one");
  const { disk } = machine.start("program").environment;
  const file = disk.open("/log", { create: true });
  disk.write(file, 0, new Uint8Array(synced).fill(1));
  await simulation.settle(Promise.all([disk.sync(file), disk.syncDirectory("/")]));
  disk.write(file, synced, new Uint8Array(unsynced).fill(2));
  return { simulation, machine, disk, file };
}

const restarted = (machine: SimulatedMachine): Disk => machine.start("next").environment.disk;

describe("a power cut", () => {
  test("keeps what was synced, and of the rest a part: nothing, all, torn, or zeros in its place", async () => {
    const kinds = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      const { machine } = await written(seed, 5000, 20_000);
      machine.cutPower();
      const left = restarted(machine).readFile("/log") ?? new Uint8Array(0);
      expect(left.length).toBeGreaterThanOrEqual(5000);
      expect(left.subarray(0, 5000).every((byte) => byte === 1)).toBe(true);
      const rest = left.subarray(5000);
      expect(rest.every((byte) => byte === 0 || byte === 2)).toBe(true);
      if (rest.length === 0) kinds.add("nothing");
      else if (rest.every((byte) => byte === 2)) kinds.add(rest.length === 20_000 ? "all" : "prefix");
      else kinds.add("holes");
    }
    expect(kinds).toContain("nothing");
    expect(kinds).toContain("prefix");
    expect(kinds).toContain("holes");
  });

  test("may bring back bytes that were overwritten or cut off since the last sync", async () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const { machine, disk, file } = await written(seed, 8192, 0);
      disk.truncate(file, 100);
      disk.write(file, 0, new Uint8Array(100).fill(3));
      machine.cutPower();
      const left = restarted(machine).readFile("/log") ?? new Uint8Array(0);
      seen.add(`${left[0]} ${left.length === 8192 ? "whole" : "cut"}`);
    }
    expect([...seen].sort()).toEqual(["1 cut", "1 whole", "3 cut", "3 whole"]);
  });

  test("during a sync promises nothing, after it everything before the call", async () => {
    const { simulation, machine, disk, file } = await written(5, 0, 9000);
    const sync = disk.sync(file);
    disk.write(file, 4000, new Uint8Array(10).fill(9));
    await simulation.settle(sync);
    machine.cutPower();
    const left = restarted(machine).readFile("/log") ?? new Uint8Array(0);
    expect(left).toHaveLength(9000);
    expect(left.subarray(0, 4000).every((byte) => byte === 2)).toBe(true);
    expect(left.subarray(4010).every((byte) => byte === 2)).toBe(true);
  });

  test("may undo creations, renames and removals of a directory that was not synced, the last ones first", async () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      const simulation = new Simulation(seed);
      const machine = simulation.machine("one");
      const { disk } = machine.start("program").environment;
      disk.makeDirectory("/topic");
      disk.writeFileAtomic("/topic/old", new Uint8Array(1));
      machine.disk.makeDurable();
      disk.open("/topic/new", { create: true });
      disk.rename("/topic/new", "/topic/renamed");
      disk.remove("/topic/old");
      machine.cutPower();
      seen.add(
        restarted(machine)
          .list("/topic")
          .map((entry) => entry.name)
          .join(" "),
      );
    }
    expect([...seen].sort()).toEqual(["new old", "old", "old renamed", "renamed"]);
  });

  test("keeps names after the directory was synced, and both versions of a file replaced atomically are whole", async () => {
    for (let seed = 0; seed < 20; seed++) {
      const simulation = new Simulation(seed);
      const machine = simulation.machine("one");
      const { disk } = machine.start("program").environment;
      disk.makeDirectory("/topic");
      disk.open("/topic/log", { create: true });
      await simulation.settle(Promise.all([disk.syncDirectory("/"), disk.syncDirectory("/topic")]));
      disk.writeFileAtomic("/topic/meta", new Uint8Array(10_000).fill(1));
      disk.writeFileAtomic("/topic/meta", new Uint8Array(9000).fill(2));
      machine.cutPower();
      const next = restarted(machine);
      expect(next.exists("/topic/log")).toBe(true);
      expect(next.readFile("/topic/meta")).toEqual(new Uint8Array(9000).fill(2));
    }
  });
});

describe("planned failures", () => {
  const errno = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return error instanceof Error && "errno" in error ? error.errno : error;
    }
  };

  function opened(): { machine: SimulatedMachine; simulation: Simulation; disk: Disk; file: OpenFile } {
    const simulation = new Simulation(1);
    const machine = simulation.machine("one");
    const { disk } = machine.start("program").environment;
    disk.makeDirectory("/a");
    return { machine, simulation, disk, file: disk.open("/a/log", { create: true }) };
  }

  test("hit the operation, path and call that they name", async () => {
    const { machine, simulation, disk, file } = opened();
    machine.disk.faults.inject({ operation: "write", errno: "EIO", path: "/a/", after: 1 });
    machine.disk.faults.inject({ operation: "sync", errno: "EIO" });
    disk.write(file, 0, new Uint8Array(10));
    expect(errno(() => disk.write(file, 10, new Uint8Array(10)))).toBe("EIO");
    expect(disk.sizeBytes(file)).toBeLessThanOrEqual(20);
    disk.write(file, 10, new Uint8Array(10));
    await expect(simulation.settle(disk.sync(file))).rejects.toMatchObject({
      operation: "sync",
      path: "/a/log",
      errno: "EIO",
    });
    await simulation.settle(disk.sync(file));
  });

  test("a full disk takes what fits, and has room again after a removal", () => {
    const { machine, disk, file } = opened();
    machine.disk.capacityBytes = 1000;
    disk.write(file, 0, new Uint8Array(900));
    expect(disk.volume("/a")).toEqual({ totalBytes: 1000, usableBytes: 100 });
    expect(errno(() => disk.write(file, 900, new Uint8Array(200)))).toBe("ENOSPC");
    expect(disk.sizeBytes(file)).toBe(1000);
    disk.write(file, 0, new Uint8Array(1000));
    expect(errno(() => disk.writeFileAtomic("/a/meta", new Uint8Array(5)))).toBe("ENOSPC");
    expect(disk.list("/a").map((entry) => entry.name)).toEqual(["log"]);
    disk.remove("/a/log");
    disk.writeFileAtomic("/a/meta", new Uint8Array(5));
  });
});
