import type { PlatformStatus } from "../../lib/contracts/control.ts";
import { brokerProperties, CONTROLLER_ID, controllerProperties } from "./node-properties.ts";
import type { PlatformOptions } from "../../lib/contracts/platform-options.ts";
import { Role } from "./role.ts";
import type { Failure, RoleStart } from "../broker/role-messages.ts";
import { asFailure } from "./failure.ts";

/** What the platform is started with besides its options. */
export type PlatformParts = {
  readonly clusterId: string;
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
    const controllerPort = this.controller.listeners[0]?.port ?? this.options.controllerPort;
    const ids = Array.from({ length: this.options.brokers }, (_, index) => index + 1);
    this.brokers = ids.map((id) => this.role("broker", id, brokerProperties(this.options, id, controllerPort)));
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
    const broker = this.brokers.find(({ plan }) => plan.options.nodeId === nodeId);
    if (broker === undefined) return unknownBroker(nodeId);
    await broker.stop();
    return undefined;
  }

  /** Starts a stopped broker; one that runs is left as it is. The failure says why it did not start. */
  async startBroker(nodeId: number): Promise<Failure | undefined> {
    const broker = this.brokers.find(({ plan }) => plan.options.nodeId === nodeId);
    if (broker === undefined) return unknownBroker(nodeId);
    if (broker.state !== "stopped") return undefined;
    return broker.start().then(() => undefined, asFailure);
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
    };
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
