import process from "node:process";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { pause } from "../client/pause.ts";
import type { Clock, Environment } from "../environment/environment.ts";
import { createLog } from "../environment/real/log.ts";
import { realEnvironment } from "../environment/real/real-environment.ts";
import { BrokerConfig } from "./config/broker-config.ts";
import { LogDirectoryError } from "./log/meta-properties.ts";
import type { ConnectionFacts } from "./network/connection-facts.ts";
import type { RoleListener, RoleOrder, RoleReport, RoleStart } from "./role-messages.ts";

/** Connections that are told at once: well below a millisecond. */
const CONNECTIONS_AT_ONCE = 200;

/** A role that cannot start, in words for people: what failed, why, what to do. Thrown by the role's `start`. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
  constructor(
    readonly title: string,
    readonly detail: string,
    readonly suggestion: string,
    options?: ErrorOptions,
  ) {
    super(`${title}: ${detail}`, options);
  }
}

/** A node that runs. */
export type RunningNode = {
  readonly listeners: readonly RoleListener[];
  stop(): Promise<void>;
  /** None are told when absent. */
  connections?(): Iterable<ConnectionFacts>;
};

/** What a node starts with. */
export type NodeStart = {
  readonly environment: Environment;
  readonly config: BrokerConfig;
  readonly clusterId: string;
  /** Ends the role at once, without its clean-shutdown mark: for faults after which it must not go on. The platform starts it anew. */
  readonly onFatal: (error: unknown) => void;
};

/**
 * Runs a node as the whole of this worker thread or child process until the platform says stop. What it throws later is not caught
 * here: it ends the role with a code other than 0, and the platform reports it and starts the role again.
 */
export function runRole(kind: string, start: (node: NodeStart) => Promise<RunningNode>): void {
  const platform = isMainThread ? parentProcess() : parentThread();
  platform.onStart((options) => void begin(kind, options, start, platform));
}

async function begin(
  kind: string,
  options: RoleStart,
  start: (node: NodeStart) => Promise<RunningNode>,
  platform: PlatformPort,
): Promise<void> {
  const role = `${kind}-${options.nodeId}`;
  const log = createLog({ format: options.logFormat, level: options.logLevel }).with({ role });
  const config = BrokerConfig.fromTexts({ defaults: options.properties });
  if (!(config instanceof BrokerConfig)) {
    const detail = config.map(({ message }) => message).join("\n");
    return fail(
      platform,
      new StartFailure(`${role} cannot start: its settings are refused`, detail, "Correct them and start again."),
    );
  }
  const environment = realEnvironment({ log });
  const onFatal = (error: unknown) => {
    log.error({ error: textOf(error) }, "a fault that cannot be repaired here: the node ends and is started again");
    const detail = error instanceof LogDirectoryError ? error.message : textOf(error);
    const suggestion = "It is started again, ever more seldom while this repeats. The lines above say more.";
    fail(platform, new StartFailure(`${role} met a fault and ended`, detail, suggestion));
  };
  try {
    const node = await start({ environment, config, clusterId: options.clusterId, onFatal });
    platform.onOrder((order) => {
      if (order.type === "stop") void node.stop().then(() => process.exit(0), onFatal);
      else void tellConnections(order.id, { node, platform, clock: environment.clock }).catch(onFatal);
    });
    platform.report({ type: "ready", listeners: node.listeners });
  } catch (error) {
    fail(
      platform,
      error instanceof StartFailure
        ? error
        : new StartFailure(`${role} cannot start`, textOf(error), "See the lines above."),
    );
  }
}

type Telling = { readonly node: RunningNode; readonly platform: PlatformPort; readonly clock: Clock };

/** In portions with pauses, so that clients are served between. */
async function tellConnections(id: number, { node, platform, clock }: Telling): Promise<void> {
  let connections: ConnectionFacts[] = [];
  for (const one of node.connections?.() ?? []) {
    connections.push(one);
    if (connections.length < CONNECTIONS_AT_ONCE) continue;
    platform.report({ type: "connections", id, connections, isLast: false });
    connections = [];
    await pause(clock, 0);
  }
  platform.report({ type: "connections", id, connections, isLast: true });
}

function fail(platform: PlatformPort, failure: StartFailure): void {
  const { title, detail, suggestion } = failure;
  platform.report({ type: "failed", title, detail, suggestion }, () => process.exit(1));
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The way to the platform: the same for a thread and for a process. */
type PlatformPort = {
  onStart(take: (options: RoleStart) => void): void;
  onOrder(take: (order: RoleOrder) => void): void;
  report(report: RoleReport, sent?: () => void): void;
};

function parentThread(): PlatformPort {
  return {
    onStart: (take) => take(workerData),
    onOrder: (take) => parentPort?.on("message", take),
    report: (report, sent) => {
      parentPort?.postMessage(report);
      sent?.();
    },
  };
}

/** A process whose platform is gone ends, because nobody could stop it any more. Ctrl-C reaches the whole group; the platform alone acts on it. */
function parentProcess(): PlatformPort {
  process.on("SIGINT", () => undefined);
  process.on("disconnect", () => process.exit(1));
  return {
    onStart: (take) => process.once("message", (message: { readonly options: RoleStart }) => take(message.options)),
    onOrder: (take) => process.on("message", take),
    report: (report, sent) => process.send?.(report, () => sent?.()),
  };
}
