import assert from "node:assert/strict";
import type { Environment } from "../../environment/environment.ts";
import type { SeededRandom } from "../../environment/simulated/random.ts";
import { type RunningProgram, type SimulatedMachine, Simulation } from "../../environment/simulated/simulation.ts";
import { createTopics } from "../../client/admin/topics.ts";
import { ClientError } from "../../client/client-error.ts";
import { ClusterClient } from "../../client/cluster-client.ts";
import { pause } from "../../client/pause.ts";
import { loadCompression } from "../../wire/compression.ts";
import { NONE } from "../../wire/errors.ts";
import { Broker } from "../broker.ts";
import { BrokerConfig } from "../config/broker-config.ts";
import { ControllerNode } from "../controller/controller-node.ts";
import { type PlannedFault, TORN_WRITE_AFTER_MAX } from "./faults.ts";
import { History, type Checker, type Logs, type WrittenRecord } from "./history.ts";
import { readWholePartition } from "./workload/read-whole-partition.ts";

const CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw";
const PLATFORM_HOST = "platform";
const CLIENTS_HOST = "clients";
const CHECKER_HOST = "checker";
const BOOTSTRAP = `${PLATFORM_HOST}:9092`;
const RETRY_MS = 100;
/** Events in which a workload must come to its end once nothing disturbs it. */
const CALM_EVENTS_MAX = 200_000;
/** All jumps of a run together stay below message.timestamp.after.max.ms (an hour), beyond which producers are refused. */
const CLOCK_JUMP_MS_MAX = 300_000;
/** A role that has not started by then is stuck. */
const START_LIMIT_MS = 60_000;

/** A node of the cluster, as both kinds look from outside. */
type Node = { start(): Promise<unknown> };
type Role = "controller" | "broker";

/** How a world differs from others. */
export type WorldOptions = {
  /** Of the broker. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What is acknowledged outlives the machine: a power cut excuses nothing. */
  readonly isDurable?: boolean;
};

/** A whole cluster of one controller and one broker on one machine, with its clients on another, in one thread. */
export class World {
  readonly simulation: Simulation;
  readonly history = new History();
  readonly random: SeededRandom;
  private readonly machine: SimulatedMachine;
  private readonly clients: RunningProgram;
  private readonly checker: RunningProgram;
  private readonly running = new Map<Role, RunningProgram>();
  private readonly checkers: readonly Checker[];
  private readonly topics = new Map<string, number>();
  private faultsAreOver = false;

  constructor(
    seed: string,
    checkers: readonly Checker[],
    private readonly options: WorldOptions = {},
  ) {
    this.simulation = new Simulation(seed);
    this.random = this.simulation.random;
    this.checkers = checkers;
    this.machine = this.simulation.machine(PLATFORM_HOST);
    this.clients = this.simulation.machine(CLIENTS_HOST).start("clients");
    this.checker = this.simulation.machine(CHECKER_HOST).start("checker");
  }

  /** Where clients run. */
  get environment(): Environment {
    return this.clients.environment;
  }

  /** No fault will come any more: workloads may come to their end. */
  get isCalm(): boolean {
    return this.faultsAreOver;
  }

  /** A client with connections of its own. */
  client(clientId: string): ClusterClient {
    return new ClusterClient(this.environment, { bootstrap: [BOOTSTRAP], clientId });
  }

  /** Starts the cluster and makes the topic. */
  async start(topic: string, partitions: number): Promise<void> {
    // Real work of the process, which the simulated clock cannot wait for.
    await loadCompression();
    this.startRoles();
    const made = await this.simulation.settle(this.makeTopic(topic, partitions));
    assert.equal(made, NONE, "the topic is made");
    this.topics.set(topic, partitions);
    // The directories of a new installation are older than the first power cut.
    this.machine.disk.makeDurable();
  }

  /** Runs the workload while the faults come (safety), then without any until it is done, which it must come to (liveness). Then the promises are checked. */
  async run(workload: Promise<unknown>, faults: readonly PlannedFault[]): Promise<void> {
    workload.catch(() => undefined);
    for (const fault of faults) {
      await this.simulation.run({ forMs: fault.afterMs });
      await this.strike(fault);
    }
    this.faultsAreOver = true;
    await this.simulation.settle(workload, CALM_EVENTS_MAX);
    await this.check();
  }

  /** As if the machine had been idle for long: all that is written is on its disk. */
  makeDurable(): void {
    this.machine.disk.makeDurable();
  }

  /** What happened, for the message of a failure. */
  get summary(): string {
    const { acknowledged, read, commits, powerCuts } = this.history;
    const reads = [...read.values()].reduce((sum, records) => sum + records.length, 0);
    return `${this.simulation.events} events, ${acknowledged.length} acknowledged, ${reads} read, ${commits.length} commits, ${powerCuts.length} power cuts`;
  }

  private async makeTopic(name: string, partitions: number): Promise<number | undefined> {
    const admin = this.client("admin");
    for (;;) {
      try {
        const [answer] = await createTopics(admin, [{ name, partitions, replicationFactor: 1 }]);
        admin.close();
        return answer?.errorCode;
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        // The cluster is starting.
        await pause(this.environment.clock, RETRY_MS);
      }
    }
  }

  private async strike(fault: PlannedFault): Promise<void> {
    const { simulation, machine } = this;
    const broker = this.running.get("broker");
    switch (fault.class) {
      case "broker-death":
        this.kill("broker");
        break;
      case "platform-death":
        this.kill("broker");
        this.kill("controller");
        break;
      case "torn-write":
        if (broker !== undefined) machine.killDuringWrite(broker.process, this.random.int(0, TORN_WRITE_AFTER_MAX));
        await simulation.run({ forMs: fault.downMs, until: () => broker?.process.isAlive === false });
        this.kill("broker");
        break;
      case "power-cut":
        machine.cutPower();
        this.running.clear();
        break;
      case "connection-loss":
        simulation.network.cut(CLIENTS_HOST, PLATFORM_HOST);
        break;
      case "clock-jump":
        machine.wall.jump(this.random.int(-CLOCK_JUMP_MS_MAX, CLOCK_JUMP_MS_MAX));
        break;
    }
    await simulation.run({ forMs: fault.downMs });
    if (fault.class === "power-cut") simulation.network.faults.split([CLIENTS_HOST], [PLATFORM_HOST]);
    this.startRoles();
    if (fault.class === "power-cut") await this.notePowerCut();
  }

  private kill(role: Role): void {
    const program = this.running.get(role);
    if (program !== undefined) this.machine.kill(program.process);
    this.running.delete(role);
  }

  /** Starts the roles that do not run; what they do on the way, and how they fail, is theirs. */
  private startRoles(): void {
    for (const role of ["controller", "broker"] as const) {
      if (this.running.has(role)) continue;
      const program = this.machine.start(role);
      this.running.set(role, program);
      const onFatal = (error: unknown) => {
        throw error;
      };
      let failure: unknown;
      const started = newNode(role, program.environment, { onFatal, settings: this.options.settings ?? {} }).start();
      started.catch((error: unknown) => {
        failure = error;
        // Somebody who supervises would see it at once; here the next step of the world does.
        if (program.process.isAlive) program.environment.clock.soon(() => onFatal(failure));
      });
      const { clock } = program.environment;
      let isUp = false;
      void started.then(
        () => {
          isUp = true;
        },
        () => undefined,
      );
      clock.at(START_LIMIT_MS, () => assert(isUp, `the ${role} is up after a minute`));
    }
  }

  /** Nobody may produce before the ends of the logs are noted: the clients have been kept away, and may come now. */
  private async notePowerCut(): Promise<void> {
    const { network, time } = this.simulation;
    const logs = await this.simulation.settle(this.readLogs());
    network.faults.heal();
    const logEnds = new Map([...logs].map(([partition, records]) => [partition, records.length]));
    if (this.options.isDurable !== true) this.history.powerCuts.push({ atMs: time.nowMs, logEnds });
  }

  private async readLogs(): Promise<Logs> {
    const { environment } = this.checker;
    const client = new ClusterClient(environment, { bootstrap: [BOOTSTRAP], clientId: "checker" });
    const logs = new Map<number, readonly WrittenRecord[]>();
    for (const [topic, partitions] of this.topics) {
      for (let partition = 0; partition < partitions; partition++) {
        logs.set(partition, await readWholePartition(environment, client, { topic, partition }));
      }
    }
    client.close();
    return logs;
  }

  private async check(): Promise<void> {
    const logs = await this.simulation.settle(this.readLogs());
    for (const checker of this.checkers) {
      const wrong = checker(this.history, logs);
      assert.equal(wrong, undefined, `${checker.name}: ${wrong}`);
    }
  }
}

function newNode(
  role: Role,
  environment: Environment,
  { onFatal, settings }: { onFatal: (error: unknown) => void; settings: Readonly<Record<string, string>> },
): Node {
  const config = configOf(role, settings);
  if (role === "controller") return new ControllerNode(environment, { config, clusterId: CLUSTER_ID, onFatal });
  return new Broker(environment, { config, clusterId: CLUSTER_ID, onFatal });
}

function configOf(role: Role, settings: Readonly<Record<string, string>>): BrokerConfig {
  const shared = {
    "listener.security.protocol.map": "EXTERNAL:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "controller.listener.names": "CONTROLLER",
    "controller.quorum.voters": "100@127.0.0.1:9190",
    "default.replication.factor": "1",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "3",
    "group.initial.rebalance.delay.ms": "200",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
  };
  const own =
    role === "controller"
      ? {
          "process.roles": "controller",
          "node.id": "100",
          listeners: "CONTROLLER://127.0.0.1:9190",
          "log.dirs": "/data/controller",
          "metadata.log.dir": "/data/controller",
        }
      : {
          "process.roles": "broker",
          "node.id": "1",
          listeners: `EXTERNAL://0.0.0.0:9092,INTERNAL://127.0.0.1:9192`,
          "advertised.listeners": `EXTERNAL://${BOOTSTRAP},INTERNAL://127.0.0.1:9192`,
          "inter.broker.listener.name": "INTERNAL",
          "log.dirs": "/data/broker-1",
          ...settings,
        };
  const config = BrokerConfig.fromTexts({ defaults: { ...shared, ...own } });
  assert(config instanceof BrokerConfig, "the settings of the world are good");
  return config;
}
