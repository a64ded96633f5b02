import type { Environment } from "../../../environment/environment.ts";
import { ClientError } from "../../../client/client-error.ts";
import type { ClusterClient } from "../../../client/cluster-client.ts";
import { pause } from "../../../client/pause.ts";
import { AlterPartitionReassignments } from "../../../wire/apis/alter-partition-reassignments.ts";
import {
  INVALID_REPLICA_ASSIGNMENT,
  isRetriableError,
  NO_REASSIGNMENT_IN_PROGRESS,
  NONE,
} from "../../../wire/errors.ts";

const RETRY_MS = 200;

/** What a mover moves, and its next whim. */
export type MoverOptions = {
  readonly topic: string;
  /** The next partition to move and its replicas; null: turn back. */
  readonly next: () => { readonly partition: number; readonly replicas: readonly number[] | null };
  readonly pauseMs: () => number;
};

/** Somebody who sends partitions from broker to broker, changes their mind on the way, and waits for nothing. */
export class PartitionMover {
  /** Reassignments that the controller took. */
  moves = 0;
  /** Those that it took back. */
  cancels = 0;

  constructor(
    private readonly environment: Environment,
    private readonly client: ClusterClient,
    private readonly options: MoverOptions,
  ) {}

  /** Moves until told that it is enough. */
  async run(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      await this.move();
      await pause(this.environment.clock, this.options.pauseMs());
    }
  }

  private async move(): Promise<void> {
    const { partition, replicas } = this.options.next();
    const request = {
      timeoutMs: RETRY_MS,
      topics: [{ name: this.options.topic, partitions: [{ partitionIndex: partition, replicas }] }],
    };
    try {
      const answer = await this.client.send(AlterPartitionReassignments, request, {
        to: "any",
        deadlineMs: this.client.deadline(),
      });
      const errorCode = answer.responses[0]?.partitions[0]?.errorCode ?? answer.errorCode;
      if (errorCode === NONE && replicas !== null) this.moves++;
      else if (errorCode === NONE) this.cancels++;
      // Turning back is refused while none of the old replicas is in sync: that would be an unclean election.
      else if (errorCode === INVALID_REPLICA_ASSIGNMENT && replicas === null) return;
      else if (errorCode !== NO_REASSIGNMENT_IN_PROGRESS && !isRetriableError(errorCode))
        throw new Error(`a reassignment was refused with error code ${errorCode}`);
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      // Nobody answers for now.
      await pause(this.environment.clock, RETRY_MS);
    }
  }
}
