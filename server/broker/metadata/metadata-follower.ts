import type { Environment, Timer } from "../../environment/environment.ts";
import { ClientError } from "../../client/client-error.ts";
import { Connection } from "../../client/connection.ts";
import { pause } from "../../client/pause.ts";
import type { ResponseOf } from "../../wire/api.ts";
import { Fetch } from "../../wire/apis/fetch.ts";
import { errorName, FENCED_LEADER_EPOCH, NONE, UNKNOWN_LEADER_EPOCH } from "../../wire/errors.ts";
import { applyBatches } from "../controller/apply-batches.ts";
import { changesBetween, type MetadataChanges, noChanges } from "../controller/changes.ts";
import { METADATA_TOPIC_ID } from "../controller/directory-id.ts";
import { emptyImage, type MetadataImage, type MutableImage } from "../controller/image.ts";
import type { ControllerLink } from "./controller-channel.ts";
import { readSnapshot, type SnapshotId } from "./read-snapshot.ts";

/** How long the controller holds a fetch that has nothing to tell. */
const MAX_WAIT_MS = 500;
/** An answer later than that means that the connection is dead. */
const ANSWER_TIMEOUT_MS = 5_000;
/** Pause after a failure: doubles from the first to the longest. */
const FIRST_BACKOFF_MS = 20;
const LONGEST_BACKOFF_MS = 500;

type FetchedPartition = ResponseOf<typeof Fetch>["responses"][number]["partitions"][number];
type Waiter = {
  readonly condition: (image: MetadataImage) => boolean;
  readonly timer: Timer;
  readonly done: (held: boolean) => void;
};

/** What a follower is made of. */
export type FollowerOptions = ControllerLink & { readonly nodeId: number; readonly clusterId: string };

/**
 * A broker's copy of the metadata: fetches `__cluster_metadata` from the controller like an observer of the quorum, applies what is committed, and
 * tells the broker once for each answer. Keeps what it knows while the controller is away.
 */
export class MetadataFollower {
  #image: MutableImage = emptyImage();
  #leaderEpoch = -1;
  #lastEpoch = -1;
  #nextController = 0;
  #connection: Connection | undefined;
  #isStopped = false;
  readonly #waiters = new Set<Waiter>();
  #onChanges: (image: MetadataImage, changes: MetadataChanges) => void = () => {};
  #onCaughtUp: () => void = () => {};

  constructor(
    private readonly environment: Environment,
    private readonly options: FollowerOptions,
  ) {}

  /** The newest metadata that `onChanges` was told of. */
  get image(): MetadataImage {
    return this.#image;
  }

  /** Follows until `stop`; settles when it first has all that is committed. What `onChanges` throws ends the following and is reported through `crashed`. */
  start(onChanges: (image: MetadataImage, changes: MetadataChanges) => void): Promise<void> {
    this.#onChanges = onChanges;
    const caughtUp = new Promise<void>((resolve) => {
      this.#onCaughtUp = resolve;
    });
    this.#follow().catch((error: unknown) => this.crashed(error));
    return caughtUp;
  }

  /** What becomes of a bug while applying metadata: the node must not go on with half of it. Replaced by the broker. */
  crashed: (error: unknown) => void = (error) => {
    throw error;
  };

  /** True as soon as the image satisfies the condition, false at the monotonic deadline or when stopped. */
  whenImage(condition: (image: MetadataImage) => boolean, deadlineMs: number): Promise<boolean> {
    if (condition(this.#image)) return Promise.resolve(true);
    if (this.#isStopped) return Promise.resolve(false);
    return new Promise((done) => {
      const timer = this.environment.clock.at(deadlineMs, () => {
        this.#waiters.delete(waiter);
        done(false);
      });
      const waiter = { condition, timer, done };
      this.#waiters.add(waiter);
    });
  }

  /** Ends the following; waiters get false. */
  stop(): void {
    this.#isStopped = true;
    this.#connection?.close();
    for (const waiter of this.#waiters) {
      waiter.timer.cancel();
      waiter.done(false);
    }
    this.#waiters.clear();
  }

  async #follow(): Promise<void> {
    const { clock, log, random } = this.environment;
    let backoffMs = FIRST_BACKOFF_MS;
    let isTold = false;
    while (!this.#isStopped) {
      try {
        const connection = await this.#connect();
        while (connection.isOpen && !this.#isStopped) {
          await this.#fetchOnce(connection);
          backoffMs = FIRST_BACKOFF_MS;
          isTold = false;
        }
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        if (this.#isStopped) return;
        if (backoffMs === LONGEST_BACKOFF_MS && !isTold) {
          log.warn({ reason: error.message }, "cannot fetch metadata from the controller");
          isTold = true;
        }
        this.#connection?.close();
        this.#nextController += 1;
        await pause(clock, backoffMs * (0.5 + random.next() / 2));
        backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS);
      }
    }
  }

  async #connect(): Promise<Connection> {
    const { controllers, clientId, tls, sasl, attemptTimeoutMs: connectTimeoutMs = ANSWER_TIMEOUT_MS } = this.options;
    const controller = controllers[this.#nextController % controllers.length];
    if (controller === undefined)
      throw new ClientError("unavailable", "No controller is configured: set controller.quorum.voters.");
    const { host, port } = controller;
    const connection = await Connection.open(this.environment, {
      host,
      port,
      clientId,
      connectTimeoutMs,
      ...(tls && { tls }),
      ...(sasl && { sasl }),
    });
    if (this.#isStopped) connection.close();
    this.#connection = connection;
    return connection;
  }

  async #fetchOnce(connection: Connection): Promise<void> {
    const { nodeId, clusterId } = this.options;
    const response = await connection.send(
      Fetch,
      {
        clusterId,
        replicaState: { replicaId: nodeId },
        maxWaitMs: MAX_WAIT_MS,
        topics: [
          {
            topicId: METADATA_TOPIC_ID,
            partitions: [
              {
                partition: 0,
                currentLeaderEpoch: this.#leaderEpoch,
                fetchOffset: this.#image.provenance.offset + 1,
                lastFetchedEpoch: this.#lastEpoch,
                partitionMaxBytes: 0,
              },
            ],
          },
        ],
      },
      { deadlineMs: this.environment.clock.monotonicMs() + MAX_WAIT_MS + ANSWER_TIMEOUT_MS },
    );
    if (this.#isStopped) return;
    const partition = response.responses[0]?.partitions[0];
    const errorCode = response.errorCode === NONE ? (partition?.errorCode ?? UNKNOWN_LEADER_EPOCH) : response.errorCode;
    if (partition !== undefined && isAboutEpochs(errorCode)) {
      this.#leaderEpoch = partition.currentLeader.leaderEpoch;
      return;
    }
    if (partition === undefined || errorCode !== NONE)
      throw new ClientError("unavailable", `The controller answered ${errorName(errorCode)}.`, errorCode);
    await this.#take(connection, partition);
  }

  async #take(connection: Connection, partition: FetchedPartition): Promise<void> {
    if (partition.currentLeader.leaderEpoch >= 0) this.#leaderEpoch = partition.currentLeader.leaderEpoch;
    if (partition.snapshotId.endOffset >= 0) return this.#loadSnapshot(connection, partition.snapshotId);
    if (partition.divergingEpoch.endOffset >= 0) return this.#startOver();
    const changes = noChanges();
    const applied = applyBatches(this.#image, partition.records ?? new Uint8Array(0), changes);
    if (applied !== undefined) {
      this.#lastEpoch = applied.epoch;
      this.#tell(changes);
    }
    if (this.#image.provenance.offset + 1 >= partition.highWatermark) this.#onCaughtUp();
  }

  async #loadSnapshot(connection: Connection, snapshotId: SnapshotId): Promise<void> {
    const { clusterId, nodeId } = this.options;
    const asked = { clusterId, replicaId: nodeId, leaderEpoch: this.#leaderEpoch, snapshotId };
    const loaded = await readSnapshot(
      connection,
      asked,
      () => this.environment.clock.monotonicMs() + ANSWER_TIMEOUT_MS,
    );
    if (this.#isStopped) return;
    const before = this.#image;
    this.#image = loaded;
    this.#lastEpoch = snapshotId.epoch;
    this.environment.log.info({ endOffset: snapshotId.endOffset, epoch: snapshotId.epoch }, "metadata snapshot loaded");
    this.#tell(changesBetween(before, loaded));
  }

  /** Our log is not the controller's: it lost its data, or was replaced. What we know is replaced step by step, without a time of knowing nothing. */
  #startOver(): void {
    this.environment.log.warn(
      { offset: this.#image.provenance.offset },
      "metadata of the controller is not the one known here: reading all of it",
    );
    const before = this.#image;
    this.#image = emptyImage();
    this.#lastEpoch = -1;
    this.#tell(changesBetween(before, this.#image));
  }

  #tell(changes: MetadataChanges): void {
    this.#onChanges(this.#image, changes);
    for (const waiter of this.#waiters) {
      if (!waiter.condition(this.#image)) continue;
      this.#waiters.delete(waiter);
      waiter.timer.cancel();
      waiter.done(true);
    }
  }
}

function isAboutEpochs(errorCode: number): boolean {
  return errorCode === FENCED_LEADER_EPOCH || errorCode === UNKNOWN_LEADER_EPOCH;
}
