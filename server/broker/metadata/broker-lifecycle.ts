import { ClientError } from "../../client/client-error.ts";
import { pause } from "../../client/pause.ts";
import type { Environment, Timer } from "../../environment/environment.ts";
import type { ResponseOf } from "../../wire/api.ts";
import { BrokerHeartbeat } from "../../wire/apis/broker-heartbeat.ts";
import { BrokerRegistration } from "../../wire/apis/broker-registration.ts";
import {
  BROKER_ID_NOT_REGISTERED,
  DUPLICATE_BROKER_REGISTRATION,
  errorMessage,
  errorName,
  NONE,
  STALE_BROKER_EPOCH,
} from "../../wire/errors.ts";
import type { BrokerConfig } from "../config/broker-config.ts";
import { securityProtocolId, type Listener } from "../config/listener.ts";
import { supportedFeatures } from "../controller/features.ts";
import type { ControllerChannel } from "./controller-channel.ts";
import type { MetadataFollower } from "./metadata-follower.ts";

/** Between two tries to register while an earlier life of this broker still counts as alive. */
const REGISTRATION_RETRY_MS = 250;
/** Between heartbeats while the controller moves our leaderships away. */
const SHUTDOWN_POLL_MS = 20;

/** What a lifecycle is made of. */
export type LifecycleOptions = {
  readonly nodeId: number;
  readonly clusterId: string;
  readonly channel: ControllerChannel;
  readonly config: BrokerConfig;
  readonly follower: MetadataFollower;
  /** As other nodes and clients reach them, with real ports. */
  readonly listeners: readonly Listener[];
  /** Directory ids of the log directories. */
  readonly logDirs: readonly string[];
  /** From `.kafka_cleanshutdown`, or -1: the controller trusts replicas only of a broker that stopped in order (KIP-966). */
  readonly previousBrokerEpoch: number;
};

/** The controller does not take this broker, and will not: the node must not run. */
export class RegistrationRefused extends Error {
  override readonly name = "RegistrationRefused";
}

/** A broker's standing with the controller: registration, heartbeats, controlled shutdown (KIP-631). */
export class BrokerLifecycle {
  #epoch = -1;
  #isFenced = true;
  #timer: Timer | undefined;
  #isStopped = false;
  #failures = 0;
  readonly #offlineLogDirs = new Set<string>();

  constructor(
    private readonly environment: Environment,
    private readonly options: LifecycleOptions,
  ) {}

  /** The epoch of the present registration; -1 before the first. */
  get brokerEpoch(): number {
    return this.#epoch;
  }

  /** Whether the controller keeps clients away from us, as far as we know. */
  get isFenced(): boolean {
    return this.#isFenced;
  }

  /** Registers, waits until our metadata has the registration, and is unfenced; heartbeats go on until `stop`. Rejects with RegistrationRefused or ClientError. */
  async start(): Promise<void> {
    const { clock } = this.environment;
    const deadlineMs = clock.monotonicMs() + this.options.config.get("initial.broker.registration.timeout.ms");
    await this.#register(deadlineMs, this.options.previousBrokerEpoch);
    while (!this.#isStopped && this.#isFenced) {
      await this.options.follower.whenImage((image) => image.provenance.offset >= this.#epoch, deadlineMs);
      await this.#heartbeat(deadlineMs, false);
      if (this.#isFenced && clock.monotonicMs() >= deadlineMs)
        throw new ClientError("timed-out", "The controller did not let this broker take part in time.");
      if (this.#isFenced) await pause(clock, SHUTDOWN_POLL_MS);
    }
    this.#arm();
  }

  /** Tells the controller that log directories failed, so that their replicas get other leaders; settles when it knows, or does not answer. */
  logDirsFailed(directoryIds: readonly string[]): Promise<void> {
    for (const id of directoryIds) this.#offlineLogDirs.add(id);
    this.#timer?.cancel();
    return this.#beat();
  }

  /** Hands over leaderships; settles when the controller says that we may go, or at the monotonic deadline. */
  async controlledShutdown(deadlineMs: number): Promise<void> {
    const { clock, log } = this.environment;
    this.#timer?.cancel();
    this.#isStopped = true;
    if (this.#epoch < 0) return;
    while (clock.monotonicMs() < deadlineMs) {
      try {
        const response = await this.#send(deadlineMs, true);
        if (response.shouldShutDown || response.errorCode !== NONE) return;
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        log.warn({ reason: error.message }, "controlled shutdown without the controller");
        return;
      }
      await pause(clock, SHUTDOWN_POLL_MS);
    }
    log.warn({ brokerEpoch: this.#epoch }, "controlled shutdown took too long: stopping all the same");
  }

  /** Ends the heartbeats without a word. */
  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  async #register(deadlineMs: number, previousBrokerEpoch: number): Promise<void> {
    const { nodeId: brokerId, clusterId, channel, config, listeners, logDirs } = this.options;
    const { clock, log, random } = this.environment;
    const request = {
      brokerId,
      clusterId,
      incarnationId: random.uuid(),
      listeners: listeners.map(({ name, host, port, securityProtocol }) => ({
        name,
        host,
        port,
        securityProtocol: securityProtocolId(securityProtocol),
      })),
      features: supportedFeatures,
      rack: config.get("broker.rack"),
      logDirs,
      previousBrokerEpoch,
    };
    for (;;) {
      const { errorCode, brokerEpoch } = await channel.send(BrokerRegistration, request, deadlineMs);
      if (errorCode === NONE) {
        this.#epoch = brokerEpoch;
        this.#isFenced = true;
        log.info({ brokerId, brokerEpoch }, "broker registered");
        return;
      }
      const mayPass =
        errorCode === DUPLICATE_BROKER_REGISTRATION && clock.monotonicMs() + REGISTRATION_RETRY_MS < deadlineMs;
      if (!mayPass)
        throw new RegistrationRefused(
          `The controller refused broker ${brokerId}: ${errorName(errorCode)}: ${errorMessage(errorCode)}`,
        );
      await pause(clock, REGISTRATION_RETRY_MS);
    }
  }

  #send(deadlineMs: number, wantShutDown: boolean): Promise<ResponseOf<typeof BrokerHeartbeat>> {
    const { nodeId: brokerId, channel, follower } = this.options;
    return channel.send(
      BrokerHeartbeat,
      {
        brokerId,
        brokerEpoch: this.#epoch,
        currentMetadataOffset: follower.image.provenance.offset,
        wantShutDown,
        offlineLogDirs: [...this.#offlineLogDirs],
      },
      deadlineMs,
    );
  }

  async #heartbeat(deadlineMs: number, isRegular: boolean): Promise<void> {
    const { log } = this.environment;
    const { errorCode, isFenced } = await this.#send(deadlineMs, false);
    if (errorCode === NONE) {
      if (isFenced !== this.#isFenced)
        log.info({ brokerEpoch: this.#epoch, fenced: isFenced }, "broker fencing changed");
      this.#isFenced = isFenced;
      return;
    }
    // The controller forgot us (its data was replaced) or took another in our place: only a new registration can tell which.
    const isForgotten = errorCode === BROKER_ID_NOT_REGISTERED || errorCode === STALE_BROKER_EPOCH;
    log.warn({ errorCode, error: errorName(errorCode) }, "the controller refused a heartbeat");
    if (isForgotten && isRegular && !this.#isStopped) await this.#register(deadlineMs, this.#epoch);
  }

  #arm(): void {
    if (this.#isStopped) return;
    const { clock } = this.environment;
    this.#timer?.cancel();
    this.#timer = clock.at(
      clock.monotonicMs() + this.options.config.get("broker.heartbeat.interval.ms"),
      () => void this.#beat(),
    );
  }

  async #beat(): Promise<void> {
    const { clock, log } = this.environment;
    try {
      await this.#heartbeat(clock.monotonicMs() + this.options.config.get("broker.session.timeout.ms") / 2, true);
      this.#failures = 0;
    } catch (error) {
      if (!(error instanceof ClientError || error instanceof RegistrationRefused)) throw error;
      this.#failures += 1;
      if (!this.#isStopped && this.#failures === 1)
        log.warn({ reason: error.message }, "heartbeats do not reach the controller");
    }
    this.#arm();
  }
}
