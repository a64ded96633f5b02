import type { Environment, Timer } from "../../environment/environment.ts";
import { ClientError } from "../../client/client-error.ts";
import type { RequestInput, ResponseOf } from "../../wire/api.ts";
import type { AssignReplicasToDirs } from "../../wire/apis/assign-replicas-to-dirs.ts";
import { errorName, NONE } from "../../wire/errors.ts";
import type { LogManager } from "../log/log-manager.ts";
import type { ReplicaManager } from "./replica-manager.ts";

/** How assignments reach the controller. */
export type DirectoryAssignmentParts = {
  readonly nodeId: number;
  readonly brokerEpoch: () => number;
  readonly replicas: ReplicaManager;
  readonly logs: LogManager;
  /** Sends to the controller; rejects with ClientError. */
  readonly send: (
    request: RequestInput<typeof AssignReplicasToDirs>,
    deadlineMs: number,
  ) => Promise<ResponseOf<typeof AssignReplicasToDirs>>;
  /** A bug: the broker must not go on. */
  readonly onFatal: (error: unknown) => void;
};

/** How long a new replica may be in a directory that the controller does not know of. */
const INTERVAL_MS = 500;
const ANSWER_TIMEOUT_MS = 10_000;
/** Replicas of one request; the next one takes the others (AssignmentsManager has 2,250). */
const ASSIGNMENTS_MAX = 2_000;

/**
 * Tells the controller in which of its log directories a broker keeps its replicas (KIP-858): without that it could not know which partitions a failed
 * directory takes away. A broker with one directory has nothing to tell beyond its start, because the controller chooses that one by itself.
 */
export class DirectoryAssignments {
  #timer: Timer | undefined;
  #isStopped = false;

  constructor(
    private readonly environment: Environment,
    private readonly parts: DirectoryAssignmentParts,
  ) {}

  /** Begins to look and to tell, once the broker is registered. */
  start(): void {
    const { clock } = this.environment;
    this.#timer = clock.at(clock.monotonicMs() + INTERVAL_MS, () => {
      this.#tell().catch((error: unknown) => this.parts.onFatal(error));
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  async #tell(): Promise<void> {
    const { clock, log } = this.environment;
    const { directories, count } = this.#unknown();
    try {
      if (count > 0) {
        const { nodeId: brokerId, brokerEpoch, send } = this.parts;
        const request = { brokerId, brokerEpoch: brokerEpoch(), directories };
        const { errorCode } = await send(request, clock.monotonicMs() + ANSWER_TIMEOUT_MS);
        if (errorCode !== NONE)
          log.warn({ error: errorName(errorCode) }, "the controller does not take the directories of replicas");
        else if (log.debugOn) log.debug({ replicas: count }, "told the controller the directories of replicas");
      }
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      if (log.debugOn) log.debug({ reason: error.message }, "the controller does not hear of directories for now");
    }
    if (!this.#isStopped && (count > 0 || this.parts.logs.directories.length > 1)) this.start();
  }

  /** Replicas whose directory the metadata do not say, by directory and topic. */
  #unknown() {
    const byDirectory = new Map<string, Map<string, { partitionIndex: number }[]>>();
    let count = 0;
    for (const { topicPartition, topicId, directoryId } of this.parts.replicas.partitions()) {
      const directory = this.parts.logs.directoryOf(topicPartition);
      if (directory === undefined || !directory.online || directory.id === directoryId) continue;
      if (++count > ASSIGNMENTS_MAX) break;
      const topics = byDirectory.get(directory.id) ?? new Map<string, { partitionIndex: number }[]>();
      byDirectory.set(directory.id, topics);
      const partitions = topics.get(topicId) ?? [];
      topics.set(topicId, partitions);
      partitions.push({ partitionIndex: topicPartition.partition });
    }
    const directories = [...byDirectory].map(([id, topics]) => ({
      id,
      topics: [...topics].map(([topicId, partitions]) => ({ topicId, partitions })),
    }));
    return { directories, count };
  }
}
