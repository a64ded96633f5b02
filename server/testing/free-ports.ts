import { createServer, type Server } from "node:net";

/** Ports of the loopback interface that were free a moment ago, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map(portOf);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** The first of so many ports in a row that were free a moment ago. */
export async function freePortsInARow(count: number): Promise<number> {
  for (;;) {
    const [first = 0] = await freePorts(1);
    const others = Array.from({ length: count - 1 }, (_, index) => first + index + 1);
    const servers = await Promise.all(others.map((port) => listen(port).catch(() => undefined)));
    const free = servers.filter((server) => server !== undefined);
    await Promise.all(free.map((server) => new Promise((resolve) => server.close(resolve))));
    if (free.length === others.length) return first;
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}
