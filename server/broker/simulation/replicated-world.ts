import assert from "node:assert/strict";
import type { Environment } from "../../environment/environment.ts";
import type { SeededRandom } from "../../environment/simulated/random.ts";
import { type RunningProgram, type SimulatedMachine, Simulation } from "../../environment/simulated/simulation.ts";
import { createTopics } from "../../client/admin/topics.ts";
import { ClientError } from "../../client/client-error.ts";
import { ClusterClient } from "../../client/cluster-client.ts";
import { pause } from "../../client/pause.ts";
import { loadCompression } from "../../wire/compression.ts";
import { NONE, TOPIC_ALREADY_EXISTS } from "../../wire/errors.ts";
import { Broker } from "../broker.ts";
import { BrokerConfig } from "../config/broker-config.ts";
import { ControllerNode } from "../controller/controller-node.ts";
import type { PartitionImage } from "../controller/image.ts";
import { isReassigning } from "../controller/reassignment.ts";
import { isRefusal } from "../refusal.ts";
import { HighWatermarks } from "./checkers/high-watermarks-grow.ts";
import { LogDirectoryError } from "../log/meta-properties.ts";
import { type PlannedFault, TORN_WRITE_AFTER_MAX } from "./faults.ts";
import type { ReplicatedFaultClass } from "./replicated-faults.ts";
import { type Checker, History, type Logs, type WrittenRecord } from "./history.ts";
import { readWholePartition } from "./workload/read-whole-partition.ts";

const CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw";
const CONTROLLER_HOST = "controller";
const CLIENTS_HOST = "clients";
const CHECKER_HOST = "checker";
const BROKERS = [1, 2, 3];
const BOOTSTRAP = BROKERS.map((id) => `${hostOf(id)}:9092`);
const RETRY_MS = 100;
/** Events in which a workload must come to its end, and all replicas in sync, once nothing disturbs them. */
const CALM_EVENTS_MAX = 60_000;
/** A broker that is silent for longer than its session is out of the ISR. */
const OUT_OF_ISR_MS = 6_000;
/** What is left on a disk that fills up. */
const FREE_BYTES_MAX = 2_000;
/** A slow link is slower than replica.fetch.wait.max.ms at times, and faster than a session's end. */
const DELAY_MS_MAX = 800;
/** All jumps of a run together stay below message.timestamp.after.max.ms (an hour), beyond which producers are refused. */
const CLOCK_JUMP_MS_MAX = 300_000;
/** A node that has not started by then is stuck. */
const START_LIMIT_MS = 120_000;
/** By then all replicas are in sync again. */
const WHOLE_LIMIT_MS = 120_000;

type Node = {
  readonly program: RunningProgram;
  readonly broker: Broker | undefined;
  readonly controller: ControllerNode | undefined;
};

/** A controller and three brokers, each on a machine of its own, with their clients, in one thread. */
export class ReplicatedWorld {
  readonly simulation: Simulation;
  readonly history = new History();
  readonly random: SeededRandom;
  private readonly machines = new Map<string, SimulatedMachine>();
  private readonly running = new Map<string, Node>();
  private readonly clients: RunningProgram;
  private readonly checker: RunningProgram;
  private readonly topics = new Map<string, number>();
  private readonly highWatermarks = new HighWatermarks();
  private faultsAreOver = false;

  constructor(
    seed: string,
    private readonly checkers: readonly Checker[],
    /** Of the brokers. */
    private readonly settings: Readonly<Record<string, string>> = {},
  ) {
    this.simulation = new Simulation(seed);
    this.random = this.simulation.random;
    for (const host of [CONTROLLER_HOST, ...BROKERS.map(hostOf)])
      this.machines.set(host, this.simulation.machine(host));
    this.clients = this.simulation.machine(CLIENTS_HOST).start("clients");
    this.checker = this.simulation.machine(CHECKER_HOST).start("checker");
    this.simulation.invariant = () => this.watchHighWatermarks();
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
    return new ClusterClient(this.environment, { bootstrap: BOOTSTRAP, clientId });
  }

  /** Starts the cluster and makes a topic with three replicas. */
  async start(topic: string, partitions: number): Promise<void> {
    await loadCompression();
    this.startNodes();
    await this.simulation.settle(this.makeTopic(topic, partitions));
    this.topics.set(topic, partitions);
    for (const machine of this.machines.values()) machine.disk.makeDurable();
  }

  /** Runs the workload while the faults come, then without any until it is done. Then the promises are checked. */
  async run(workload: Promise<unknown>, faults: readonly PlannedFault<ReplicatedFaultClass>[]): Promise<void> {
    workload.catch(() => undefined);
    for (const fault of faults) {
      await this.simulation.run({ forMs: fault.afterMs });
      await this.strike(fault);
    }
    this.faultsAreOver = true;
    await this.simulation.settle(workload, CALM_EVENTS_MAX);
    await this.waitUntilWhole();
    await this.check();
  }

  /** What happened, for the message of a failure. */
  get summary(): string {
    const { acknowledged, read, commits } = this.history;
    const reads = [...read.values()].reduce((sum, records) => sum + records.length, 0);
    return `${this.simulation.events} events, ${acknowledged.length} acknowledged, ${reads} read, ${commits.length} commits`;
  }

  private async makeTopic(name: string, partitions: number): Promise<void> {
    const admin = this.client("admin");
    for (;;) {
      try {
        const [answer] = await createTopics(admin, [{ name, partitions, replicationFactor: BROKERS.length }]);
        if (answer?.errorCode === NONE || answer?.errorCode === TOPIC_ALREADY_EXISTS) return admin.close();
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
      }
      // The cluster is starting.
      await pause(this.environment.clock, RETRY_MS);
    }
  }

  private async strike(fault: PlannedFault<ReplicatedFaultClass>): Promise<void> {
    const { simulation } = this;
    const host = hostOf(this.random.pick(BROKERS));
    await this.break(fault, host);
    await simulation.run({ forMs: fault.class.endsWith("split") ? 2 * fault.downMs : fault.downMs });
    simulation.network.faults.heal();
    if (fault.class === "full-disk") this.freeDisk(host);
    this.startNodes();
    if (fault.class === "machine-death") await this.waitUntilWhole();
  }

  private async break(fault: PlannedFault<ReplicatedFaultClass>, host: string): Promise<void> {
    const { simulation, random } = this;
    const { faults } = simulation.network;
    const others = BROKERS.map(hostOf).filter((other) => other !== host);
    const machine = this.machines.get(host);
    switch (fault.class) {
      case "broker-death":
        return this.kill(host);
      case "controller-death":
        return this.kill(CONTROLLER_HOST);
      case "platform-death":
        for (const each of [...this.running.keys()]) this.kill(each);
        return;
      case "stale-return":
        return this.returnStale(host, others);
      case "torn-write":
        return this.tear(host, fault.downMs);
      case "machine-death":
        // Two of them at a time may take what both had not synced: Kafka promises no more.
        await this.waitUntilWhole();
        machine?.cutPower();
        this.running.delete(host);
        return;
      case "blackout":
        for (const id of BROKERS) {
          this.machines.get(hostOf(id))?.cutPower();
          this.running.delete(hostOf(id));
        }
        return;
      case "controller-power-cut":
        this.machines.get(CONTROLLER_HOST)?.cutPower();
        this.running.delete(CONTROLLER_HOST);
        return;
      case "full-disk":
        machine?.disk.fill(random.int(0, FREE_BYTES_MAX));
        return;
      case "split":
        return random.pick([
          () => faults.split([host], [CONTROLLER_HOST, ...others]),
          () => faults.split([CONTROLLER_HOST], [host, ...others]),
          () => faults.split([CLIENTS_HOST], [host]),
        ])();
      case "half-split":
        return faults.block(host, random.pick([CONTROLLER_HOST, CLIENTS_HOST, ...others]));
      case "slow-link":
        return faults.slow(host, random.pick([CONTROLLER_HOST, CLIENTS_HOST, ...others]), random.int(20, DELAY_MS_MAX));
      case "connection-loss":
        return simulation.network.cut(host, random.pick([CONTROLLER_HOST, CLIENTS_HOST, ...others]));
      case "clock-jump":
        machine?.wall.jump(random.int(-CLOCK_JUMP_MS_MAX, CLOCK_JUMP_MS_MAX));
    }
  }

  /** Nothing else may lead what was written without it: it waits for the others. */
  private async returnStale(host: string, others: readonly string[]): Promise<void> {
    this.kill(host);
    await this.simulation.run({ forMs: OUT_OF_ISR_MS });
    for (const other of others) this.kill(other);
    this.startNodes([host]);
    await this.simulation.run({ forMs: OUT_OF_ISR_MS });
  }

  /** The disk has space again; a broker that lost its directory comes back with it only when it is started anew. */
  private freeDisk(host: string): void {
    this.machines.get(host)?.disk.free();
    this.kill(host);
  }

  private async tear(host: string, limitMs: number): Promise<void> {
    const node = this.running.get(host);
    if (node === undefined) return;
    this.machines.get(host)?.killDuringWrite(node.program.process, this.random.int(0, TORN_WRITE_AFTER_MAX));
    await this.simulation.run({ forMs: limitMs, until: () => !node.program.process.isAlive });
    this.kill(host);
  }

  private kill(host: string): void {
    const node = this.running.get(host);
    if (node !== undefined) this.machines.get(host)?.kill(node.program.process);
    this.running.delete(host);
  }

  /** Starts the nodes that do not run, or only these. */
  private startNodes(hosts: readonly string[] = [...this.machines.keys()]): void {
    for (const [host, machine] of this.machines) {
      if (this.running.has(host) || !hosts.includes(host)) continue;
      const program = machine.start(host);
      const onFatal = (error: unknown) => this.noteFatal(host, program, error);
      const config = host === CONTROLLER_HOST ? controllerConfig() : brokerConfig(host, this.settings);
      const options = { config, clusterId: CLUSTER_ID, onFatal };
      const controller = host === CONTROLLER_HOST ? new ControllerNode(program.environment, options) : undefined;
      const broker = controller === undefined ? new Broker(program.environment, options) : undefined;
      this.running.set(host, { program, controller, broker });
      this.watchStart(host, program, (controller ?? broker)?.start() ?? Promise.resolve());
    }
  }

  /** A broker whose every directory is gone with a full disk has to end; nothing else may end one. */
  private noteFatal(host: string, program: RunningProgram, error: unknown): void {
    if (error instanceof LogDirectoryError && this.machines.get(host)?.disk.isFull === true) this.kill(host);
    else failLater(program, error);
  }

  private watchStart(host: string, program: RunningProgram, started: Promise<unknown>): void {
    let isUp = false;
    started.then(
      () => {
        isUp = true;
      },
      (error: unknown) => failLater(program, error),
    );
    const { clock } = program.environment;
    clock.at(clock.monotonicMs() + START_LIMIT_MS, () => assert(isUp, `${host} is up in time`));
  }

  /** All replicas in sync and where they shall be, as the controller sees it. */
  private async waitUntilWhole(): Promise<void> {
    const isWhole = () =>
      this.partitions().every(
        (partition) =>
          partition.leader >= 0 && partition.isr.length === partition.replicas.length && !isReassigning(partition),
      );
    const end = await this.simulation.run({
      forMs: WHOLE_LIMIT_MS,
      maxEvents: CALM_EVENTS_MAX,
      until: () => this.running.size > BROKERS.length && isWhole(),
    });
    assert.equal(end, "until", `all replicas are in sync again: ${this.outOfSync()}`);
  }

  /** For the message of a failure. */
  private outOfSync(): string {
    const missing = this.partitions().filter(({ isr, replicas }) => isr.length < replicas.length);
    return missing
      .map(({ leader, leaderEpoch, isr }) => `leader ${leader} epoch ${leaderEpoch} isr ${isr.join()}`)
      .join("; ");
  }

  private partitionOf(topic: string, partition: number): PartitionImage {
    const image = this.running.get(CONTROLLER_HOST)?.controller?.controller.image;
    const found = image?.topicsByName.get(topic)?.partitions[partition];
    assert(found !== undefined, "the controller knows the partition");
    return found;
  }

  private partitions(): readonly PartitionImage[] {
    const image = this.running.get(CONTROLLER_HOST)?.controller?.controller.image;
    return [...(image?.topicsByName.values() ?? [])].flatMap(({ partitions }) => partitions);
  }

  private async check(): Promise<void> {
    const logs = await this.simulation.settle(this.readLogs());
    for (const checker of this.checkers) {
      const wrong = checker(this.history, logs);
      assert.equal(wrong, undefined, `${checker.name}: ${wrong}`);
    }
    this.checkReplicas();
    this.checkLeaders();
  }

  /** After every event: no leader's high watermark ever goes back in its epoch. */
  private watchHighWatermarks(): void {
    for (const [topic, partitions] of this.topics) {
      for (let partition = 0; partition < partitions; partition++) {
        for (const [host, { broker, program }] of this.running) {
          const found = broker?.services.replicas.partition({ topic, partition });
          if (found?.isReady !== true || found.role !== "leader" || !program.process.isAlive) continue;
          const leader = `${topic}-${partition} on ${host} in epoch ${found.leaderEpoch}`;
          this.highWatermarks.note(program, leader, found.log.highWatermark);
        }
      }
    }
  }

  private async readLogs(): Promise<Logs> {
    const { environment } = this.checker;
    const client = new ClusterClient(environment, { bootstrap: BOOTSTRAP, clientId: "checker" });
    const logs = new Map<number, readonly WrittenRecord[]>();
    for (const [topic, partitions] of this.topics) {
      for (let partition = 0; partition < partitions; partition++)
        logs.set(partition, await readWholePartition(environment, client, { topic, partition }));
    }
    client.close();
    return logs;
  }

  /** Below the lowest high watermark every replica has the same bytes. */
  private checkReplicas(): void {
    for (const [topic, partitions] of this.topics) {
      for (let partition = 0; partition < partitions; partition++) {
        const logs = [...this.running.values()].flatMap(
          ({ broker }) => broker?.services.replicas.partition({ topic, partition })?.log ?? [],
        );
        const { replicas } = this.partitionOf(topic, partition);
        assert.equal(logs.length, replicas.length, "every replica has the log, and nobody else");
        const committed = Math.min(...logs.map(({ highWatermark }) => highWatermark));
        const contents = logs.map((log) => {
          const read = log.read(log.logStartOffset, {
            maxBytes: Number.MAX_SAFE_INTEGER,
            maxOffset: committed,
            atLeastOneBatch: true,
          });
          return isRefusal(read) ? `error ${read.errorCode}` : Buffer.from(read.bytes).toString("base64");
        });
        assert.equal(
          new Set(contents).size,
          1,
          `the replicas of ${topic}-${partition} are the same below ${committed}`,
        );
      }
    }
  }

  /** No two brokers ever lead a partition in the same epoch. */
  private checkLeaders(): void {
    const leaders = new Map<string, unknown>();
    for (const { fields } of this.simulation.log.named("role changed", { role: "leader" })) {
      const { topic, partition, leaderEpoch } = fields;
      const key = `${String(topic)}-${String(partition)} in epoch ${String(leaderEpoch)}`;
      const before = leaders.get(key) ?? fields["process"];
      assert.equal(fields["process"], before, `${key} has one leader`);
      leaders.set(key, before);
    }
    assert(leaders.size > 0, "leaders are logged");
  }
}

/** Somebody who supervises would see a fault at once; here the next step of the world does. What fails because the program is dead, is no fault. */
function failLater({ process, environment }: RunningProgram, error: unknown): void {
  if (!process.isAlive) return;
  environment.clock.soon(() => {
    throw error;
  });
}

function hostOf(id: number): string {
  return `broker-${id}`;
}

const SHARED = {
  "listener.security.protocol.map": "EXTERNAL:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
  "controller.listener.names": "CONTROLLER",
  "controller.quorum.voters": `100@${CONTROLLER_HOST}:9190`,
  "default.replication.factor": "3",
  "min.insync.replicas": "2",
  "offsets.topic.replication.factor": "3",
  "offsets.topic.num.partitions": "3",
  "group.initial.rebalance.delay.ms": "200",
  "broker.session.timeout.ms": "3000",
  "broker.heartbeat.interval.ms": "500",
  "leader.imbalance.check.interval.seconds": "3",
  "replica.lag.time.max.ms": "10000",
  "metadata.max.idle.interval.ms": "0",
};

function controllerConfig(): BrokerConfig {
  return configOf({
    "process.roles": "controller",
    "node.id": "100",
    listeners: `CONTROLLER://0.0.0.0:9190`,
    "log.dirs": "/data/controller",
    "metadata.log.dir": "/data/controller",
  });
}

function brokerConfig(host: string, settings: Readonly<Record<string, string>>): BrokerConfig {
  return configOf({
    "process.roles": "broker",
    "node.id": host.slice("broker-".length),
    listeners: "EXTERNAL://0.0.0.0:9092,INTERNAL://0.0.0.0:9192",
    "advertised.listeners": `EXTERNAL://${host}:9092,INTERNAL://${host}:9192`,
    "inter.broker.listener.name": "INTERNAL",
    "log.dirs": "/data",
    ...settings,
  });
}

function configOf(own: Readonly<Record<string, string>>): BrokerConfig {
  const config = BrokerConfig.fromTexts({ defaults: { ...SHARED, ...own } });
  assert(config instanceof BrokerConfig, "the settings of the world are good");
  return config;
}
