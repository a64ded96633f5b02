import { setTimeout as after } from "node:timers/promises";
import type { ClientConnection } from "../../lib/contracts/connections.ts";
import type { ControlRequest, ControlResponse, PlatformStatus } from "../../lib/contracts/control.ts";
import { askPlatform } from "../console/control-client.ts";

/** Where the platform keeps everything. */
type On = { readonly data: string };
type Answered = ControlResponse & { readonly ok: true };

/** Replicas on their way are counted so often. */
const DRAIN_STEP_MS = 1000;
/** Nothing runs on the data directory (as LSB init scripts say). */
const NOT_RUNNING = 3;

/** `odradek brokers list`. Exit codes as of `status`. */
export function listBrokers({ data, json }: On & { readonly json: boolean }): Promise<number> {
  return ask(data, { command: "status" }, ({ status }) => {
    const brokers = status.roles.filter(({ kind }) => kind === "broker");
    console.log(json ? JSON.stringify(brokers) : table(brokers));
  });
}

/** `odradek brokers add`: one more, on the next ports. */
export function addBroker({ data }: On): Promise<number> {
  return ask(data, { command: "add-broker" }, ({ status, broker }) => {
    const added = status.roles.find(({ kind, nodeId }) => kind === "broker" && nodeId === broker);
    console.log(`Broker ${broker} is in the cluster: ${added === undefined ? "" : addresses(added)}.`);
    console.log("It is empty: new partitions come to it, others when they are moved.");
  });
}

/** `odradek brokers remove ID`: refused with what is still on it; `--drain` moves that to the others first, and may be stopped and begun again. */
export async function removeBroker(broker: number, { data, drain }: On & { readonly drain: boolean }): Promise<number> {
  if (drain) {
    const code = await drainBroker(broker, data);
    if (code !== 0) return code;
  }
  return ask(data, { command: "remove-broker", broker }, ({ status }) => {
    console.log(`Broker ${broker} has left the cluster.`);
    console.log(`What it was lies in ${status.dataDirectory}/broker-${broker}, and can be deleted.`);
  });
}

/** `odradek brokers stop ID`. */
export function stopBroker(broker: number, { data }: On): Promise<number> {
  return ask(data, { command: "stop-broker", broker }, () => console.log(`Broker ${broker} has stopped.`));
}

/** `odradek brokers connections ID`: who is connected to it now, the newest request first. */
export function listConnections(broker: number, { data, json }: On & { readonly json: boolean }): Promise<number> {
  return ask(data, { command: "list-connections", broker }, ({ connections = [] }) => {
    console.log(json ? JSON.stringify(connections) : connectionTable(connections));
  });
}

/** `odradek brokers start ID`. */
export function startBroker(broker: number, { data }: On): Promise<number> {
  return ask(data, { command: "start-broker", broker }, () => console.log(`Broker ${broker} serves.`));
}

async function drainBroker(broker: number, data: string): Promise<number> {
  let before: number | undefined;
  for (;;) {
    let left = 0;
    const code = await ask(data, { command: "drain-broker", broker }, ({ replicas = 0 }) => {
      left = replicas;
    });
    if (code !== 0 || left === 0) return code;
    if (left !== before)
      console.log(`${left} ${left === 1 ? "replica is" : "replicas are"} on their way from broker ${broker} …`);
    before = left;
    await after(DRAIN_STEP_MS);
  }
}

async function ask(data: string, request: ControlRequest, tell: (answer: Answered) => void): Promise<number> {
  const answer = await askPlatform(data, request);
  if (answer === undefined) {
    console.error(`Nothing runs on ${data}.`);
    return NOT_RUNNING;
  }
  if (!answer.ok) {
    console.error(`✗ ${answer.title}\n  ${answer.detail}`);
    return 1;
  }
  tell(answer);
  return 0;
}

type Broker = PlatformStatus["roles"][number];

function table(brokers: readonly Broker[]): string {
  const rows = brokers.map((broker) => [String(broker.nodeId), broker.state, addresses(broker)] as const);
  return [["Broker", "State", "Listeners"] as const, ...rows]
    .map(([id, state, listeners]) => `${id.padEnd(8)}${state.padEnd(12)}${listeners}`)
    .join("\n");
}

function connectionTable(connections: readonly ClientConnection[]): string {
  const sorted = connections.toSorted((a, b) => (b.lastRequest?.atMs ?? 0) - (a.lastRequest?.atMs ?? 0));
  const rows = sorted.map((own) => [
    own.clientId ?? "-",
    `${own.host}:${own.port}`,
    own.listener,
    own.software === null ? "-" : `${own.software.name} ${own.software.version}`,
    own.principal,
    String(own.requests),
    String(own.receivedBytes),
    String(own.sentBytes),
    own.lastRequest === null ? "-" : `${own.lastRequest.api} ${new Date(own.lastRequest.atMs).toISOString()}`,
  ]);
  const all = [
    ["Client", "Address", "Listener", "Library", "Principal", "Requests", "Received", "Sent", "Last"],
    ...rows,
  ];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)) + 2);
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("")
        .trimEnd(),
    )
    .join("\n");
}

function addresses({ listeners }: Broker): string {
  return listeners.map(({ name, host, port }) => `${name} ${host}:${port}`).join(", ");
}
