import { fileURLToPath } from "node:url";
import type { ControlRequest, ControlResponse } from "../../lib/contracts/control.ts";
import { clusterIdentity } from "./cluster-identity.ts";
import { ControlSocket } from "./control-socket.ts";
import { makeDataDirectory } from "./data-directory.ts";
import { Members } from "./members.ts";
import { checkProperties } from "./node-properties.ts";
import { Platform } from "./platform.ts";
import type { PlatformCommand, PlatformMessage } from "./platform-messages.ts";
import type { PlatformOptions } from "../../lib/contracts/platform-options.ts";
import type { Failure } from "../broker/role-messages.ts";
import { asFailure } from "./failure.ts";

/** A stop that takes longer than this after the supervisor died is ended: no process may stay behind. */
const ORPHAN_LIMIT_MS = 10_000;

// The entry of the platform's process. Ctrl-C reaches the whole group: the supervisor alone acts on it, and tells.
process.on("SIGINT", () => undefined);

let platform: Platform | undefined;
let control: ControlSocket | undefined;
let consoleUrl: string | null = null;
let isDown: (() => void) | undefined;
let changes: Promise<unknown> = Promise.resolve();
const starting: ControlResponse = {
  ok: false,
  title: "The platform is still starting",
  detail: "Ask again in a moment.",
};

process.on("message", (command: PlatformCommand) => {
  switch (command.type) {
    case "start":
      void start(command.options);
      break;
    case "console":
      consoleUrl = command.url;
      break;
    case "stop":
      void stop(0);
      break;
  }
});
process.on("SIGTERM", () => void stop(0));
process.on("disconnect", () => {
  setTimeout(() => process.exit(1), ORPHAN_LIMIT_MS).unref();
  void stop(1);
});

async function start(options: PlatformOptions): Promise<void> {
  try {
    const failure = checkProperties(options) ?? makeDataDirectory(options.dataDirectory);
    if (failure) return end(failure);
    const opened = await ControlSocket.open(options.dataDirectory, answer);
    if (!(opened instanceof ControlSocket)) return end(opened);
    control = opened;
    const clusterId = clusterIdentity(options.dataDirectory);
    const members = Members.read(options.dataDirectory, options.brokers);
    platform = new Platform(
      { ...options, brokers: members.ids.length },
      {
        clusterId,
        members,
        entry: (kind) => fileURLToPath(new URL(`./${kind}.js`, import.meta.url)),
        onDeath: (role, failure_) => tell({ type: "role-died", role, ...failure_ }),
      },
    );
    await platform.start();
    tell({ type: "ready", bootstrapServers: platform.bootstrapServers, clusterId });
  } catch (error) {
    await control?.close();
    end(asFailure(error));
  }
}

async function stop(exitCode: number): Promise<void> {
  await platform?.stop();
  isDown?.();
  await control?.close();
  process.exit(exitCode);
}

async function answer(request: ControlRequest): Promise<ControlResponse> {
  if (platform === undefined) return starting;
  const running = platform;
  switch (request.command) {
    case "status":
      break;
    case "down": {
      const stopped = new Promise<void>((resolve) => {
        isDown = resolve;
      });
      tell({ type: "down" });
      await stopped;
      break;
    }
    case "stop-broker":
      return done(await platform.stopBroker(request.broker));
    case "start-broker":
      return done(await platform.startBroker(request.broker));
    case "list-connections": {
      const connections = await running.listConnections(request.broker);
      return "title" in connections ? done(connections) : { ...status(running), connections: [...connections] };
    }
    case "add-broker": {
      const broker = await oneByOne(() => running.addBroker());
      return typeof broker === "number" ? { ...status(running), broker } : done(broker);
    }
    case "drain-broker": {
      const replicas = await oneByOne(() => running.drainBroker(request.broker));
      return typeof replicas === "number" ? { ...status(running), replicas } : done(replicas);
    }
    case "remove-broker":
      return done(await oneByOne(() => running.removeBroker(request.broker)));
  }
  return status(running);
}

/** Who belongs to the cluster is changed by one command after the other. */
function oneByOne<T>(change: () => Promise<T>): Promise<T> {
  const result = changes.then(change, change);
  changes = result.catch(() => undefined);
  return result;
}

function status(running: Platform): ControlResponse & { readonly ok: true } {
  return { ok: true, status: running.status(consoleUrl) };
}

function done(failure: Failure | undefined): ControlResponse {
  if (failure !== undefined)
    return { ok: false, title: failure.title, detail: `${failure.detail} ${failure.suggestion}` };
  return platform === undefined ? starting : status(platform);
}

function end(failure: Failure): void {
  const message: PlatformMessage = { type: "failed", ...failure };
  if (process.connected) process.send?.(message, () => process.exit(1));
  else process.exit(1);
}

function tell(message: PlatformMessage): void {
  if (process.connected) process.send?.(message);
}
