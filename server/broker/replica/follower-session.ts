import type { RequestInput } from "../../wire/api.ts";
import type { Fetch } from "../../wire/apis/fetch.ts";
import type { Offset } from "../log/log-config.ts";

/** A partition as a follower asks for it. */
export type FollowerPosition = {
  readonly topicId: string;
  readonly partition: number;
  readonly currentLeaderEpoch: number;
  readonly fetchOffset: Offset;
  /** Epoch of the last record; -1 for an empty log. */
  readonly lastFetchedEpoch: number;
  readonly logStartOffset: Offset;
  readonly partitionMaxBytes: number;
};

/** The part of a Fetch request that sessions are about. */
export type SessionRequest = Pick<
  RequestInput<typeof Fetch>,
  "sessionId" | "sessionEpoch" | "topics" | "forgottenTopicsData"
>;

const NO_SESSION = 0;
const INITIAL_EPOCH = 0;
const EPOCH_MAX = 2_147_483_647;

/**
 * A follower's side of a fetch session (KIP-227): after the first request only what changed is named. `next` before each request, then `opened` with
 * the session id of a good answer, or `lost` where there is none: the request after that names everything.
 */
export class FollowerSession {
  #id = NO_SESSION;
  #epoch = INITIAL_EPOCH;
  /** By `positionKey`, as the leader knows them. */
  #known: ReadonlyMap<string, FollowerPosition> = new Map();

  /** The request that makes `positions` what is fetched. */
  next(positions: ReadonlyMap<string, FollowerPosition>): SessionRequest {
    const isFull = this.#epoch === INITIAL_EPOCH;
    const before = this.#known;
    this.#known = positions;
    const named = isFull
      ? [...positions.values()]
      : [...positions].flatMap(([key, position]) => (same(before.get(key), position) ? [] : [position]));
    const forgotten = isFull ? [] : [...before].flatMap(([key, position]) => (positions.has(key) ? [] : [position]));
    return {
      // Naming the old id beside the first epoch makes the leader drop that session.
      sessionId: this.#id,
      sessionEpoch: this.#epoch,
      topics: byTopic(named).map(([topicId, partitions]) => ({ topicId, partitions })),
      forgottenTopicsData: byTopic(forgotten).map(([topicId, partitions]) => ({
        topicId,
        partitions: partitions.map(({ partition }) => partition),
      })),
    };
  }

  /** The leader answered; session id 0 when it has no room for a session. */
  opened(sessionId: number): void {
    this.#id = sessionId;
    if (sessionId === NO_SESSION) this.#epoch = INITIAL_EPOCH;
    else this.#epoch = this.#epoch === EPOCH_MAX ? 1 : this.#epoch + 1;
  }

  /** The leader does not know the session, or the connection broke with a request on its way. */
  lost(): void {
    this.#epoch = INITIAL_EPOCH;
  }
}

/** Tells a position from others in a session. */
export function positionKey(topicId: string, partition: number): string {
  return `${topicId}/${partition}`;
}

function same(a: FollowerPosition | undefined, b: FollowerPosition): boolean {
  return (
    a !== undefined &&
    a.fetchOffset === b.fetchOffset &&
    a.currentLeaderEpoch === b.currentLeaderEpoch &&
    a.lastFetchedEpoch === b.lastFetchedEpoch &&
    a.logStartOffset === b.logStartOffset &&
    a.partitionMaxBytes === b.partitionMaxBytes
  );
}

function byTopic(positions: readonly FollowerPosition[]): [string, FollowerPosition[]][] {
  const topics = new Map<string, FollowerPosition[]>();
  for (const position of positions) {
    const known = topics.get(position.topicId);
    if (known === undefined) topics.set(position.topicId, [position]);
    else known.push(position);
  }
  return [...topics];
}
