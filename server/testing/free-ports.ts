import { createServer, type Server } from "node:net";

/**
 * Below the ports that systems give to outgoing connections (32768 on Linux, 49152 on macOS): one of those may be taken between the moment it
 * was found free and the start of what was given it. Each process looks in a lane of its own, and goes on where it was.
 */
const FIRST = 12_000;
const LANES = 200;
const LANE_PORTS = 100;
const laneStart = FIRST + (process.pid % LANES) * LANE_PORTS;
let lastOffset = -1;

/** Ports of the loopback interface that were free a moment ago, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePortsInARow(1));
  return ports;
}

/** The first of so many ports in a row that were free a moment ago. Throws when no row of the lane is. */
export async function freePortsInARow(count: number): Promise<number> {
  for (let tried = 0; tried < LANE_PORTS; tried += 1) {
    const offset = lastOffset + 1 + count > LANE_PORTS ? 0 : lastOffset + 1;
    lastOffset = offset + count - 1;
    const ports = Array.from({ length: count }, (_, index) => laneStart + offset + index);
    const servers = await Promise.all(ports.map((port) => listen(port).catch(() => undefined)));
    const free = servers.filter((server) => server !== undefined);
    await Promise.all(free.map((server) => new Promise((resolve) => server.close(resolve))));
    if (free.length === count) return laneStart + offset;
  }
  throw new Error(`no ${count} ports in a row are free from ${laneStart} on`);
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
