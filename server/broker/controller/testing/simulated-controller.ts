import type { RunningProgram, SimulatedMachine, Simulation } from "../../../environment/simulated/simulation.ts";
import { BrokerConfig } from "../../config/broker-config.ts";
import { BrokerLifecycle } from "../../metadata/broker-lifecycle.ts";
import { ControllerChannel } from "../../metadata/controller-channel.ts";
import { MetadataFollower } from "../../metadata/metadata-follower.ts";
import { ControllerNode } from "../controller-node.ts";
import type { MetadataChanges } from "../changes.ts";
import type { MetadataImage } from "../image.ts";

export const CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw";
const CONTROLLER_HOST = "controller";
const CONTROLLER_PORT = 9190;

function configOf(properties: Readonly<Record<string, string>>): BrokerConfig {
  const config = BrokerConfig.fromTexts({ defaults: properties });
  if (config instanceof BrokerConfig) return config;
  throw new Error(config.map(({ message }) => message).join("\n"));
}

/** A controller that serves on a machine of a simulation. */
export type SimulatedController = RunningProgram & { readonly node: ControllerNode; readonly faults: unknown[] };

/** Starts the controller on its machine; what was there before is found again. */
export async function startController(
  simulation: Simulation,
  machine: SimulatedMachine,
  settings: Readonly<Record<string, string>> = {},
): Promise<SimulatedController> {
  const program = machine.start("controller");
  const config = configOf({
    "process.roles": "controller",
    "node.id": "100",
    "controller.quorum.voters": `100@${CONTROLLER_HOST}:${CONTROLLER_PORT}`,
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,EXTERNAL:PLAINTEXT",
    listeners: `CONTROLLER://${CONTROLLER_HOST}:${CONTROLLER_PORT}`,
    "log.dirs": "/data/controller",
    "metadata.max.idle.interval.ms": "0",
    ...settings,
  });
  const faults: unknown[] = [];
  const onFatal = (error: unknown): void => void faults.push(error);
  const node = new ControllerNode(program.environment, { config, clusterId: CLUSTER_ID, onFatal });
  await simulation.settle(node.start());
  return { ...program, node, faults };
}

/** What a broker has of the controller: everything but logs and clients. */
export class SimulatedBroker {
  readonly channel: ControllerChannel;
  readonly follower: MetadataFollower;
  readonly lifecycle: BrokerLifecycle;
  readonly program: RunningProgram;
  /** One entry for each time that the broker was told of changes. */
  readonly told: { readonly image: MetadataImage; readonly changes: MetadataChanges }[] = [];

  constructor(
    readonly id: number,
    machine: SimulatedMachine,
    options: {
      readonly previousBrokerEpoch?: number;
      readonly directory?: string;
      readonly settings?: Readonly<Record<string, string>>;
    } = {},
  ) {
    this.program = machine.start(`broker-${id}`);
    const { environment } = this.program;
    const config = configOf({ "node.id": String(id), ...options.settings });
    const controllers = [{ id: 100, host: CONTROLLER_HOST, port: CONTROLLER_PORT }];
    const clientId = `broker-${id}`;
    this.channel = new ControllerChannel(environment, { controllers, clientId });
    this.follower = new MetadataFollower(environment, { nodeId: id, clusterId: CLUSTER_ID, controllers, clientId });
    this.lifecycle = new BrokerLifecycle(environment, {
      nodeId: id,
      clusterId: CLUSTER_ID,
      channel: this.channel,
      config,
      follower: this.follower,
      listeners: [{ name: "EXTERNAL", host: machine.host, port: 9092, securityProtocol: "PLAINTEXT" }],
      logDirs: [options.directory ?? `directory${id}`.padEnd(22, "A")],
      previousBrokerEpoch: options.previousBrokerEpoch ?? -1,
    });
  }

  /** Follows, registers, and is unfenced. */
  async start(): Promise<void> {
    await this.follower.start((image, changes) => void this.told.push({ image, changes }));
    await this.lifecycle.start();
  }
}
