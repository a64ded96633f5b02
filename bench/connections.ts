// The page of a broker's connections where there are many: its read, and in Chromium its first row, filter, sort and longest task.
// npx tsx bench/connections.ts [--connections 8000] [--runs 5]
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { startOdradek } from "../server/testing/odradek.ts";
import { measureDrawn } from "./drawn.ts";
import { median } from "./measure.ts";

const { values } = parseArgs({
  options: { connections: { type: "string", default: "8000" }, runs: { type: "string", default: "5" } },
});
const connectionCount = Number(values.connections);
const runs = Number(values.runs);
/** Connections opened at once. */
const BATCH = 200;

/** A frame of ApiVersions 3, as a client of that name sends it first. */
function firstRequest(clientId: string): Buffer {
  const compact = (text: string) => Buffer.concat([Buffer.from([text.length + 1]), Buffer.from(text)]);
  const header = Buffer.alloc(10);
  header.writeInt16BE(18, 0);
  header.writeInt16BE(3, 2);
  header.writeInt32BE(1, 4);
  header.writeInt16BE(clientId.length, 8);
  const noTags = Buffer.from([0]);
  const software = [compact("bench-client"), compact("1.0.0")];
  const body = Buffer.concat([header, Buffer.from(clientId), noTags, ...software, noTags]);
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
}

async function open(bootstrap: string, index: number): Promise<Socket> {
  const [host = "", port = ""] = bootstrap.split(":");
  const socket = connect(Number(port), host);
  await once(socket, "connect");
  socket.write(firstRequest(`bench-${index % 500}`));
  await once(socket, "data");
  return socket;
}

const odradek = await startOdradek({ isConsoleOn: true, extraFlags: ["--brokers", "1"] });
const sockets: Socket[] = [];
try {
  for (let from = 0; from < connectionCount; from += BATCH) {
    const count = Math.min(BATCH, connectionCount - from);
    sockets.push(
      ...(await Promise.all(Array.from({ length: count }, (_, index) => open(odradek.bootstrap, from + index)))),
    );
  }
  console.log(`${connectionCount} connections to one broker, ${runs} runs`);
  const reads: number[] = [];
  let bytes = 0;
  for (let run = 0; run < runs; run += 1) {
    const startedMs = performance.now();
    const response = await fetch(`${odradek.consoleUrl}/api/clusters/local/brokers/1/connections`);
    bytes = (await response.arrayBuffer()).byteLength;
    reads.push(performance.now() - startedMs);
  }
  console.log(`The read: ${median(reads).toFixed(0)} ms, ${(bytes / 1e6).toFixed(1)} MB`);
  const drawn = await measureDrawn(`${odradek.consoleUrl}/local/brokers/1/connections`, runs, {
    whole: / of .* connections/,
    filters: ["b", "be", "bench-1", "bench-19", ""],
    sorts: ["Requests", "Address", "Client id"],
  });
  const figures = Object.entries(drawn).map(([what, ms]) => `${what} ${ms.toFixed(0)} ms`);
  console.log(`The page in Chromium: ${figures.join(", ")}`);
} finally {
  for (const socket of sockets) socket.destroy();
  await odradek.dispose();
}
