import type { Environment, Timer } from "../../environment/environment.ts";
import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import type { BrokerHeartbeat } from "../../wire/apis/broker-heartbeat.ts";
import type { BrokerRegistration } from "../../wire/apis/broker-registration.ts";
import { NoOpRecord } from "../../wire/records/metadata/no-op-record.ts";
import { RegisterControllerRecord } from "../../wire/records/metadata/register-controller-record.ts";
import type { BrokerConfig } from "../config/broker-config.ts";
import { securityProtocolId, type Listener } from "../config/listener.ts";
import { bootstrapRecords } from "./bootstrap-records.ts";
import { fenceBroker } from "./broker-lifecycle.ts";
import { BrokerSessions } from "./broker-sessions.ts";
import type { ControllerView } from "./broker-state.ts";
import { logChanges } from "./change-log.ts";
import { noChanges, type MutableChanges } from "./changes.ts";
import { electUncleanLeaders, rebalanceLeaders } from "./elect-leaders.ts";
import { supportedFeatures } from "./features.ts";
import { heartbeat } from "./heartbeat.ts";
import type { MetadataImage } from "./image.ts";
import { MetadataLog } from "./metadata-log.ts";
import { newRecord, type Decision, type NewMetadataRecord } from "./new-record.ts";
import { Observers } from "./observers.ts";
import { registerBroker } from "./register-broker.ts";

/** Fencing is looked at this many times within a session time. */
const SESSION_CHECKS = 8;
const SECOND_MS = 1000;

/** What a controller is started with. */
export type ControllerOptions = {
  readonly config: BrokerConfig;
  readonly clusterId: string;
  /** Called for a fault after which the controller must not go on: its log cannot be written. */
  readonly onFatal: (error: unknown) => void;
};

/**
 * The controller: takes requests one after the other, lets pure functions decide over the image, writes their records, applies them, and answers when
 * they are durable. Clock and sessions live here, everything else in the log.
 */
export class Controller {
  readonly log: MetadataLog;
  /** Who copies the log, and how far. */
  readonly observers: Observers;
  readonly #sessions = new BrokerSessions();
  readonly #timers = new Map<string, Timer>();
  #isStopped = false;
  #appendedMs = 0;
  #checkedMs = 0;
  /** Once set, nothing is written any more. */
  #failure: Error | undefined;

  /** Opens the metadata log; a new one gets its first records. Throws LogDirectoryError, QuorumStateError, DiskError, WireError. */
  constructor(
    readonly environment: Environment,
    readonly options: ControllerOptions,
  ) {
    const { config, clusterId, onFatal } = options;
    this.log = MetadataLog.open({ environment, config, clusterId, onFailure: onFatal });
    this.observers = new Observers(environment.clock);
    if (this.log.isEmpty) this.#append(bootstrapRecords(config));
    config.applyMetadata(this.image);
    const nowMs = environment.clock.monotonicMs();
    for (const broker of this.image.brokers.values()) this.#sessions.open(broker.id, broker.epoch, nowMs, false);
    environment.log.info(
      { nodeId: config.nodeId, epoch: this.log.epoch, offset: this.log.logEndOffset },
      "controller leads the metadata",
    );
  }

  get image(): MetadataImage {
    return this.log.image;
  }

  get clusterId(): string {
    return this.options.clusterId;
  }

  /** What decisions read. */
  get view(): ControllerView {
    return { image: this.image, config: this.options.config };
  }

  /** Registers the controller with its bound listeners and begins to watch brokers. */
  start(listeners: readonly Listener[]): void {
    const { config } = this.options;
    this.#append([
      newRecord(RegisterControllerRecord, {
        controllerId: config.nodeId,
        incarnationId: this.environment.random.uuid(),
        endPoints: listeners.map(({ name, host, port, securityProtocol }) => ({
          name,
          host,
          port,
          securityProtocol: securityProtocolId(securityProtocol),
        })),
        features: supportedFeatures,
      }),
    ]);
    this.#checkedMs = this.environment.clock.monotonicMs();
    this.#every(
      "sessions",
      () => config.get("broker.session.timeout.ms") / SESSION_CHECKS,
      () => this.#fenceExpired(),
    );
    this.#every(
      "leaders",
      () => config.get("leader.imbalance.check.interval.seconds") * SECOND_MS,
      () => this.#rebalance(),
    );
    this.#every(
      "unclean elections",
      () => config.get("unclean.leader.election.interval.ms"),
      () => this.#append(electUncleanLeaders(this.view)),
    );
    const idleMs = config.get("metadata.max.idle.interval.ms");
    if (idleMs > 0)
      this.#every(
        "idle",
        () => idleMs,
        () => this.#noteIdle(idleMs),
      );
    const snapshotMs = config.get("metadata.log.max.snapshot.interval.ms");
    if (snapshotMs > 0)
      this.#every(
        "snapshot",
        () => snapshotMs,
        () => this.log.snapshotNow(),
      );
  }

  /** Decides, writes, applies; `reply` gets the response once the records are durable. What `decide` throws is the caller's. */
  submit<Response>(decide: (view: ControllerView) => Decision<Response>, reply: (response: Response) => void): void {
    const { records, response } = decide(this.view);
    const endOffset = this.#append(records);
    this.log.whenCommitted(endOffset, () => reply(response));
  }

  /** BrokerRegistration. */
  register(
    request: RequestOf<typeof BrokerRegistration>,
    reply: (response: ResponseInput<typeof BrokerRegistration>) => void,
  ): void {
    const nowMs = this.environment.clock.monotonicMs();
    const isAlive = this.#sessions.isAlive(request.brokerId, nowMs, this.#sessionTimeoutMs);
    const facts = { clusterId: this.clusterId, nextOffset: this.log.logEndOffset, isAlive };
    this.submit((view) => {
      const decision = registerBroker(view, request, facts);
      const { brokerEpoch } = decision.response;
      if (brokerEpoch !== undefined) this.#sessions.open(request.brokerId, brokerEpoch, nowMs, true);
      return decision;
    }, reply);
  }

  /** BrokerHeartbeat. */
  heartbeat(
    request: RequestOf<typeof BrokerHeartbeat>,
    reply: (response: ResponseInput<typeof BrokerHeartbeat>) => void,
  ): void {
    const { brokerId, brokerEpoch, currentMetadataOffset } = request;
    const nowMs = this.environment.clock.monotonicMs();
    this.submit((view) => {
      if (view.image.brokers.get(brokerId)?.epoch === brokerEpoch)
        this.#sessions.touch(brokerId, brokerEpoch, nowMs, currentMetadataOffset);
      const facts = { session: this.#sessions.get(brokerId), lowestActiveOffset: this.#lowestActiveOffset(brokerId) };
      const decision = heartbeat(view, request, facts);
      if (decision.beginsShutdown)
        this.#sessions.beginShutdown(brokerId, this.log.logEndOffset + decision.records.length - 1);
      return decision;
    }, reply);
  }

  /** Ends timers, makes the log durable and closes it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers.values()) timer.cancel();
    await this.log.close();
    this.environment.log.info({ nodeId: this.options.config.nodeId }, "controller stopped");
  }

  get #sessionTimeoutMs(): number {
    return this.options.config.get("broker.session.timeout.ms");
  }

  #append(records: readonly NewMetadataRecord[]): number {
    if (records.length === 0) return this.log.logEndOffset;
    const changes = noChanges();
    const before = new Map(this.image.brokers);
    const endOffset = this.#appendOrEnd(records, changes);
    this.#appendedMs = this.environment.clock.monotonicMs();
    if (changes.configs.size > 0) this.options.config.applyMetadata(this.image);
    logChanges(this.environment.log, this.image, changes, before);
    return endOffset;
  }

  /** A log that cannot be written, or a record that contradicts the image, ends the controller: what it knows is no longer what its log says. */
  #appendOrEnd(records: readonly NewMetadataRecord[], changes: MutableChanges): number {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return this.log.append(records, changes);
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      this.options.onFatal(error);
      throw error;
    }
  }

  /** An empty record after a time without others, by which followers see that the controller lives (KIP-835). */
  #noteIdle(idleMs: number): void {
    if (this.environment.clock.monotonicMs() - this.#appendedMs >= idleMs) this.#append([newRecord(NoOpRecord, {})]);
  }

  /** One broker at a time, so that each batch stays one broker's. */
  #fenceExpired(): void {
    const nowMs = this.environment.clock.monotonicMs();
    const sinceCheckMs = nowMs - this.#checkedMs;
    this.#checkedMs = nowMs;
    if (sinceCheckMs > this.#sessionTimeoutMs / 2) {
      this.environment.log.warn(
        { silentMs: Math.round(sinceCheckMs) },
        "the controller itself stood still: no broker is fenced for it",
      );
      return this.#sessions.forgive(nowMs);
    }
    for (const broker of [...this.image.brokers.values()]) {
      if (broker.fenced || !this.#sessions.isExpired(broker.id, nowMs, this.#sessionTimeoutMs)) continue;
      this.environment.log.warn(
        { brokerId: broker.id, brokerEpoch: broker.epoch },
        "no heartbeat within the session time: fencing the broker",
      );
      this.#append(fenceBroker(this.view, broker));
    }
  }

  #rebalance(): void {
    if (this.options.config.get("auto.leader.rebalance.enable")) this.#append(rebalanceLeaders(this.view));
  }

  #lowestActiveOffset(except: number): number | undefined {
    let lowest: number | undefined;
    for (const broker of this.image.brokers.values()) {
      if (broker.id === except || broker.fenced) continue;
      // Its fetches tell sooner than its next heartbeat.
      const heard = this.#sessions.get(broker.id)?.metadataOffset ?? -1;
      const offset = Math.max(heard, this.observers.appliedOffset(broker.id));
      if (lowest === undefined || offset < lowest) lowest = offset;
    }
    return lowest;
  }

  #every(name: string, intervalMs: () => number, work: () => unknown): void {
    const { clock } = this.environment;
    this.#timers.set(
      name,
      clock.at(clock.monotonicMs() + intervalMs(), () => {
        if (this.#isStopped) return;
        work();
        this.#every(name, intervalMs, work);
      }),
    );
  }
}
