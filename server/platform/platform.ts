import type { PlatformStatus } from "../../lib/contracts/control.ts";
import type { ConnectionFacts } from "../broker/network/connection-facts.ts";
import { BrokerReplicas, named } from "./broker-replicas.ts";
import type { Members } from "./members.ts";
import {
  brokerProperties,
  BROKERS_MAX,
  checkProperties,
  CONTROLLER_ID,
  controllerProperties,
} from "./node-properties.ts";
import type { PlatformOptions } from "../../lib/contracts/platform-options.ts";
import { Role } from "./role.ts";
import type { Failure, RoleStart } from "../broker/role-messages.ts";
import { asFailure } from "./failure.ts";

/** What the platform is started with besides its options. */
export type PlatformParts = {
  readonly clusterId: string;
  /** Which brokers there are. */
  readonly members: Members;
  /** The bundled entry file of a kind of role. */
  readonly entry: (kind: "controller" | "broker") => string;
  /** Told when a role died by itself, with its reason. */
  readonly onDeath: (role: string, failure: Failure) => void;
};

/** The bundled cluster: one controller, then its brokers, each a role of its own. */
export class Platform {
  private readonly controller: Role;
  private brokers: readonly Role[] = [];
  private readonly startedAtMs = Date.now();

  constructor(
    private readonly options: PlatformOptions,
    private readonly parts: PlatformParts,
  ) {
    this.controller = this.role("controller", CONTROLLER_ID, controllerProperties(options));
  }

  /** Settles when every broker serves. Rejects with the `Failure` of the first role that cannot start; the others are stopped before. */
  async start(): Promise<void> {
    await this.controller.start();
    this.brokers = this.parts.members.ids.map((id) => this.brokerRole(id));
    const started = await Promise.allSettled(this.brokers.map((broker) => broker.start()));
    const failed = started.find((outcome) => outcome.status === "rejected");
    if (failed) {
      await this.stop();
      throw failed.reason;
    }
  }

  /** Stops brokers first, so that they can hand over in order, then the controller. */
  async stop(): Promise<void> {
    await Promise.all(this.brokers.map((broker) => broker.stop()));
    await this.controller.stop();
  }

  /** Stops one broker in order. The failure says why it cannot be. */
  async stopBroker(nodeId: number): Promise<Failure | undefined> {
    const broker = this.broker(nodeId);
    if (broker === undefined) return unknownBroker(nodeId);
    await broker.stop();
    return undefined;
  }

  /** Starts a stopped broker; one that runs is left as it is. The failure says why it did not start. */
  async startBroker(nodeId: number): Promise<Failure | undefined> {
    const broker = this.broker(nodeId);
    if (broker === undefined) return unknownBroker(nodeId);
    if (broker.state !== "stopped") return undefined;
    return broker.start().then(() => undefined, asFailure);
  }

  /** Who is connected to a broker now. The failure says why it cannot be told. */
  async listConnections(nodeId: number): Promise<readonly ConnectionFacts[] | Failure> {
    const broker = this.broker(nodeId);
    if (broker === undefined) return unknownBroker(nodeId);
    return (await broker.connections()) ?? notRunning(nodeId);
  }

  /** Brings one more broker into the cluster; answers its id when it serves. The failure says why there is none. */
  async addBroker(): Promise<number | Failure> {
    const { members } = this.parts;
    const refused = checkProperties({ ...this.options, brokers: members.ids.length + 1 });
    if (refused !== undefined) return refused;
    const id = members.nextId;
    if (members.placeOf(id).portOffset >= BROKERS_MAX) return noPlaceLeft;
    const broker = this.brokerRole(id);
    try {
      await broker.start();
    } catch (error) {
      await broker.stop();
      return asFailure(error);
    }
    members.add(id);
    this.brokers = [...this.brokers, broker];
    return id;
  }

  /** Sends what is on a broker to the others; answers how many replicas are there still. To be asked until there are none. */
  async drainBroker(nodeId: number): Promise<number | Failure> {
    if (this.broker(nodeId) === undefined) return unknownBroker(nodeId);
    return this.withReplicas(nodeId, async (replicas) => {
      const left = await replicas.drain(nodeId);
      return "title" in left ? left : left.length;
    });
  }

  /** Takes an empty broker out of the cluster. The failure says what is on it. */
  async removeBroker(nodeId: number): Promise<Failure | undefined> {
    const broker = this.broker(nodeId);
    if (broker === undefined) return unknownBroker(nodeId);
    const done = await this.withReplicas(nodeId, async (replicas) => {
      const held = await replicas.on(nodeId);
      if (held.length > 0) return notEmpty(nodeId, held.length, named(held));
      await broker.stop();
      await replicas.unregister(nodeId);
      this.parts.members.remove(nodeId);
      this.brokers = this.brokers.filter((other) => other !== broker);
      return nodeId;
    });
    return typeof done === "number" ? undefined : done;
  }

  /** `host:port` of every broker's listener for clients. */
  get bootstrapServers(): string[] {
    return this.brokers.flatMap(({ listeners }) => {
      const listener = listeners.find(({ name }) => name === "EXTERNAL") ?? listeners[0];
      return listener ? [`${listener.host}:${listener.port}`] : [];
    });
  }

  /** What `odradek status` shows. */
  status(consoleUrl: string | null): PlatformStatus {
    return {
      version: this.options.version,
      processId: process.pid,
      startedAtMs: this.startedAtMs,
      dataDirectory: this.options.dataDirectory,
      clusterId: this.parts.clusterId,
      bootstrapServers: this.bootstrapServers,
      consoleUrl,
      roles: [this.controller, ...this.brokers].map(({ plan, state, listeners, restarts }) => ({
        name: plan.name,
        kind: plan.kind,
        nodeId: plan.options.nodeId,
        state,
        listeners: [...listeners],
        restarts,
      })),
      nextBrokerId: this.parts.members.nextId,
    };
  }

  private broker(nodeId: number): Role | undefined {
    return this.brokers.find(({ plan }) => plan.options.nodeId === nodeId);
  }

  private brokerRole(id: number): Role {
    const controllerPort = this.controller.listeners[0]?.port ?? this.options.controllerPort;
    return this.role("broker", id, brokerProperties(this.options, this.parts.members.placeOf(id), controllerPort));
  }

  /** Asks the brokers other than this one, which may be about to go. */
  private async withReplicas(
    nodeId: number,
    work: (replicas: BrokerReplicas) => Promise<number | Failure>,
  ): Promise<number | Failure> {
    const others = this.brokers.filter(({ plan, state }) => plan.options.nodeId !== nodeId && state === "running");
    if (others.length === 0) return lastBroker(nodeId);
    const bootstrap = others.flatMap(({ listeners }) => {
      const internal = listeners.find(({ name }) => name === "INTERNAL") ?? listeners[0];
      return internal ? [`${internal.host}:${internal.port}`] : [];
    });
    const replicas = new BrokerReplicas(bootstrap);
    try {
      return await work(replicas);
    } catch (error) {
      return asFailure(error);
    } finally {
      replicas.close();
    }
  }

  private role(kind: "controller" | "broker", nodeId: number, properties: Readonly<Record<string, string>>): Role {
    const { logFormat, logLevel, isolation } = this.options;
    const options: RoleStart = { nodeId, clusterId: this.parts.clusterId, properties, logFormat, logLevel };
    const name = kind === "controller" ? "controller" : `broker-${nodeId}`;
    return new Role({ name, kind, entry: this.parts.entry(kind), options }, isolation, (role, { died, failure }) => {
      if (died && failure) this.parts.onDeath(role.plan.name, failure);
    });
  }
}

function unknownBroker(nodeId: number): Failure {
  return {
    title: `There is no broker ${nodeId}`,
    detail: "The platform runs the brokers that odradek status shows.",
    suggestion: "Name one of them.",
  };
}

function notRunning(nodeId: number): Failure {
  return {
    title: `Broker ${nodeId} has no connections`,
    detail: "It does not run.",
    suggestion: "Start it.",
  };
}

const noPlaceLeft: Failure = {
  title: "No broker can be added",
  detail: `There have been ${BROKERS_MAX}, and neither ids nor ports are given twice.`,
  suggestion: "Start a broker that was stopped instead.",
};

function lastBroker(nodeId: number): Failure {
  return {
    title: `Broker ${nodeId} cannot leave`,
    detail: "No other broker runs.",
    suggestion: "Start the others, or add one with odradek brokers add.",
  };
}

function notEmpty(nodeId: number, count: number, names: string): Failure {
  return {
    title: `Broker ${nodeId} still has ${count} ${count === 1 ? "replica" : "replicas"}`,
    detail: `${names}.`,
    suggestion: `Move them first: odradek brokers remove ${nodeId} --drain.`,
  };
}
