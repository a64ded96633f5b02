import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../environment/environment.ts";
import { createLog } from "../../environment/real/log.ts";
import { realEnvironment } from "../../environment/real/real-environment.ts";
import { Broker } from "../broker.ts";
import { BrokerConfig } from "../config/broker-config.ts";
import { ControllerNode } from "../controller/controller-node.ts";

/** Node id of the controller; brokers have 1, 2, 3 … */
const CONTROLLER_ID = 100;
const LOOPBACK = "127.0.0.1";
/** The cluster id of tests. */
export const CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw";

/** Ports of a broker; 0 takes a free one. */
type Ports = { readonly external: number; readonly internal: number };
const ANY_PORTS: Ports = { external: 0, internal: 0 };

/** How a test wants its cluster. */
export type ClusterOptions = {
  /** One when absent. */
  readonly brokers?: number;
  /** Broker and controller configs over the test's defaults. */
  readonly config?: Readonly<Record<string, string>>;
  /** broker.rack of each broker. */
  readonly racks?: readonly string[];
  /** A directory of an earlier cluster, to start it again; a new temporary one when absent. */
  readonly directory?: string;
  readonly clusterId?: string;
  readonly environment?: Environment;
};

/** A cluster in this thread, on free ports of the loopback interface. */
export type TestCluster = {
  /** host:port of every broker's EXTERNAL listener, by commas. */
  readonly bootstrap: string;
  /** host:port of the controller. */
  readonly controllerAddress: string;
  readonly brokers: readonly Broker[];
  readonly controller: ControllerNode;
  readonly directory: string;
  readonly clusterId: string;
  /** Stops a broker in order; the others go on. */
  stopBroker(nodeId: number): Promise<void>;
  /** Starts a stopped broker again, on the same ports and directory; settles when it serves. */
  startBroker(nodeId: number): Promise<void>;
  /** Stops cleanly and keeps the directory. */
  shutDown(): Promise<void>;
  /** Stops cleanly and removes the directory. */
  stop(): Promise<void>;
};

/** Starts a controller and brokers; settles when all serve. Faults of a node are thrown, so that the test fails. */
export async function startCluster(options: ClusterOptions = {}): Promise<TestCluster> {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), "odradek-cluster-"));
  const clusterId = options.clusterId ?? CLUSTER_ID;
  const environment = options.environment ?? realEnvironment({ log: createLog({ format: "text", level: "error" }) });
  const onFatal = (error: unknown) => {
    throw error;
  };
  const count = options.brokers ?? 1;
  const controllerConfig = configOf({ ...controllerProperties(directory, 0), ...shared(count), ...options.config });
  const controller = new ControllerNode(environment, { config: controllerConfig, clusterId, onFatal });
  const [controllerListener] = await controller.start();
  const controllerPort = controllerListener?.port ?? 0;
  const newBroker = (nodeId: number, ports: Ports): Broker => {
    const properties = brokerProperties({ directory, nodeId, controllerPort, ports });
    const rack = options.racks?.[nodeId - 1];
    const placed = rack === undefined ? {} : { "broker.rack": rack };
    const config = configOf({ ...properties, ...shared(count), ...options.config, ...placed });
    return new Broker(environment, { config, clusterId, onFatal });
  };
  const brokers = Array.from({ length: count }, (_, index) => newBroker(index + 1, ANY_PORTS));
  const running = new Set(brokers);
  const listeners = await Promise.all(brokers.map((broker) => broker.start()));
  const bootstrap = listeners
    .map((bound) => bound.find(({ name }) => name === "EXTERNAL"))
    .map((listener) => `${listener?.host}:${listener?.port}`)
    .join(",");
  const stopBroker = async (nodeId: number) => {
    const broker = brokers[nodeId - 1];
    if (broker === undefined || !running.delete(broker)) return;
    await broker.stop();
  };
  const startBroker = async (nodeId: number) => {
    const portOf = (listener: string) => listeners[nodeId - 1]?.find(({ name }) => name === listener)?.port ?? 0;
    const broker = newBroker(nodeId, { external: portOf("EXTERNAL"), internal: portOf("INTERNAL") });
    brokers[nodeId - 1] = broker;
    running.add(broker);
    await broker.start();
  };
  let isDown = false;
  const shutDown = async () => {
    if (isDown) return;
    isDown = true;
    await Promise.all([...running].map((broker) => broker.stop()));
    await controller.stop();
  };
  const stop = async () => {
    await shutDown();
    rmSync(directory, { recursive: true, force: true });
  };
  const controllerAddress = `${LOOPBACK}:${controllerPort}`;
  const places = { bootstrap, controllerAddress, directory };
  return { ...places, brokers, controller, clusterId, stopBroker, startBroker, shutDown, stop };
}

function shared(brokers: number): Record<string, string> {
  const replicas = String(Math.min(3, brokers));
  return {
    "min.insync.replicas": brokers >= 3 ? "2" : "1",
    "leader.imbalance.check.interval.seconds": "1",
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
    "default.replication.factor": replicas,
    "offsets.topic.replication.factor": replicas,
    "offsets.topic.num.partitions": "5",
    "group.initial.rebalance.delay.ms": "50",
  };
}

/** The server.properties of the controller of a test; port 0 takes a free one. */
export function controllerProperties(directory: string, port: number): Record<string, string> {
  return {
    ...shared(1),
    "process.roles": "controller",
    "node.id": String(CONTROLLER_ID),
    "controller.quorum.voters": `${CONTROLLER_ID}@${LOOPBACK}:${port}`,
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT",
    listeners: `CONTROLLER://${LOOPBACK}:${port}`,
    "log.dirs": join(directory, "controller"),
    "metadata.log.dir": join(directory, "controller"),
  };
}

/** The server.properties of a broker of a test, on free ports if none are given. */
export function brokerProperties(node: {
  readonly directory: string;
  readonly nodeId: number;
  readonly controllerPort: number;
  readonly ports?: Ports;
}): Record<string, string> {
  const { external, internal } = node.ports ?? ANY_PORTS;
  return {
    ...shared(1),
    "process.roles": "broker",
    "node.id": String(node.nodeId),
    "controller.quorum.voters": `${CONTROLLER_ID}@${LOOPBACK}:${node.controllerPort}`,
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "EXTERNAL:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
    listeners: `EXTERNAL://${LOOPBACK}:${external},INTERNAL://${LOOPBACK}:${internal}`,
    "inter.broker.listener.name": "INTERNAL",
    "log.dirs": join(node.directory, `broker-${node.nodeId}`),
  };
}

function configOf(properties: Readonly<Record<string, string>>): BrokerConfig {
  const config = BrokerConfig.fromTexts({ defaults: properties });
  if (config instanceof BrokerConfig) return config;
  throw new Error(config.map(({ message }) => message).join("\n"));
}
