import type { Clock, Random } from "../../environment/environment.ts";
import {
  FETCH_SESSION_ID_NOT_FOUND,
  FETCH_SESSION_TOPIC_ID_ERROR,
  INVALID_FETCH_SESSION_EPOCH,
} from "../../wire/errors.ts";
import type { Refusal } from "../refusal.ts";

/** One partition as a fetcher asked for it. Numbers and names only: nothing of the received bytes. */
export type FetchPosition = {
  /** Empty when the request names topics by id. */
  readonly topic: string;
  /** The zero uuid when the request names topics by name. */
  readonly topicId: string;
  readonly partition: number;
  readonly currentLeaderEpoch: number;
  readonly fetchOffset: number;
  readonly lastFetchedEpoch: number;
  /** Log start offset of a follower; -1 for consumers. */
  readonly logStartOffset: number;
  readonly maxBytes: number;
};

/** What of a partition's answer decides whether an incremental response must name it. */
export type FetchedState = {
  readonly errorCode: number;
  readonly highWatermark: number;
  readonly logStartOffset: number;
  readonly recordBytes: number;
  readonly hasDivergingEpoch: boolean;
  /** The answer names a replica to read from (KIP-392). */
  readonly isRedirected: boolean;
};

/** The part of a Fetch request that sessions are about (KIP-227). */
export type FetchSessionRequest = {
  readonly sessionId: number;
  readonly sessionEpoch: number;
  /** Fetch v13+. */
  readonly usesTopicIds: boolean;
  readonly isFollower: boolean;
  readonly positions: readonly FetchPosition[];
  readonly forgotten: readonly { readonly topic: string; readonly topicId: string; readonly partition: number }[];
};

/** What a request asks for once its session is known. */
export type FetchPlan = {
  /** To be put in the response; 0: none. */
  readonly sessionId: number;
  readonly positions: readonly FetchPosition[];
  /** Whether the response must name this partition; notes what it tells. Asked once a partition, in order, when the response is made. */
  mustName(position: FetchPosition, state: FetchedState): boolean;
};

const INITIAL_EPOCH = 0;
const FINAL_EPOCH = -1;
const NO_SESSION = 0;
const EPOCH_MAX = 2_147_483_647;
/** Kafka's default of `max.incremental.fetch.session.cache.slots`. */
const SLOTS = 1000;
/** `min.incremental.fetch.session.eviction.ms`: a session that was idle for so long may make room for another. */
const EVICTION_MS = 120_000;

type CachedPartition = { position: FetchPosition; highWatermark: number; logStartOffset: number };
type Session = {
  readonly id: number;
  readonly usesTopicIds: boolean;
  readonly isFollower: boolean;
  /** Expected of the next request. */
  epoch: number;
  lastUsedMs: number;
  /** In the order they are to be read: a partition that gave records goes to the end, so that it does not starve the others. */
  readonly partitions: Map<string, CachedPartition>;
};

/** The broker's fetch sessions: what a fetcher asked for before, so that its next request and response name only what changed (KIP-227). */
export class FetchSessions {
  /** In order of use, least recent first. */
  private readonly sessions = new Map<number, Session>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly slots: number = SLOTS,
  ) {}

  get size(): number {
    return this.sessions.size;
  }

  /** Finds, makes or ends the session of a request. Refuses with 70, 71 or 106, which go to the top of the response. */
  plan(request: FetchSessionRequest): FetchPlan | Refusal {
    const { sessionId, sessionEpoch, positions } = request;
    if (sessionEpoch === INITIAL_EPOCH || sessionEpoch === FINAL_EPOCH) {
      this.sessions.delete(sessionId);
      return sessionEpoch === FINAL_EPOCH ? withoutSession(positions) : this.create(request);
    }
    const session = this.sessions.get(sessionId);
    if (session === undefined) return { errorCode: FETCH_SESSION_ID_NOT_FOUND };
    if (session.epoch !== sessionEpoch) return { errorCode: INVALID_FETCH_SESSION_EPOCH };
    if (session.usesTopicIds !== request.usesTopicIds) return { errorCode: FETCH_SESSION_TOPIC_ID_ERROR };
    update(session, request);
    if (session.partitions.size === 0) {
      this.sessions.delete(sessionId);
      return withoutSession([]);
    }
    session.epoch = session.epoch === EPOCH_MAX ? 1 : session.epoch + 1;
    this.use(session);
    const ordered = [...session.partitions.values()].map(({ position }) => position);
    return { sessionId, positions: ordered, mustName: (position, state) => nameIfChanged(session, position, state) };
  }

  private create(request: FetchSessionRequest): FetchPlan {
    if (request.positions.length === 0 || !this.makeRoom()) return withoutSession(request.positions);
    const { usesTopicIds, isFollower, positions } = request;
    const session: Session = {
      id: this.newId(),
      usesTopicIds,
      isFollower,
      epoch: 1,
      lastUsedMs: 0,
      partitions: new Map(),
    };
    for (const position of positions)
      session.partitions.set(keyOf(position), { position, highWatermark: -1, logStartOffset: -1 });
    this.use(session);
    return {
      sessionId: session.id,
      positions,
      mustName: (position, state) => {
        note(session, position, state);
        return true;
      },
    };
  }

  private use(session: Session): void {
    session.lastUsedMs = this.clock.monotonicMs();
    this.sessions.delete(session.id);
    this.sessions.set(session.id, session);
  }

  private makeRoom(): boolean {
    if (this.sessions.size < this.slots) return true;
    for (const session of this.sessions.values()) {
      if (this.clock.monotonicMs() - session.lastUsedMs < EVICTION_MS) return false;
      if (session.isFollower) continue;
      this.sessions.delete(session.id);
      return true;
    }
    return false;
  }

  private newId(): number {
    for (;;) {
      const id = this.random.int(1, EPOCH_MAX);
      if (!this.sessions.has(id)) return id;
    }
  }
}

function withoutSession(positions: readonly FetchPosition[]): FetchPlan {
  return { sessionId: NO_SESSION, positions, mustName: () => true };
}

function keyOf({ topic, topicId, partition }: { topic: string; topicId: string; partition: number }): string {
  return `${topicId}/${topic}/${partition}`;
}

function update(session: Session, { positions, forgotten }: FetchSessionRequest): void {
  for (const position of positions) {
    const cached = session.partitions.get(keyOf(position));
    if (cached === undefined)
      session.partitions.set(keyOf(position), { position, highWatermark: -1, logStartOffset: -1 });
    else cached.position = position;
  }
  for (const partition of forgotten) session.partitions.delete(keyOf(partition));
}

function nameIfChanged(session: Session, position: FetchPosition, state: FetchedState): boolean {
  const cached = session.partitions.get(keyOf(position));
  const changed =
    cached === undefined ||
    state.errorCode !== 0 ||
    state.recordBytes > 0 ||
    state.hasDivergingEpoch ||
    state.isRedirected ||
    state.highWatermark !== cached.highWatermark ||
    state.logStartOffset !== cached.logStartOffset;
  note(session, position, state);
  return changed;
}

/** After an error or a diverging epoch the watermark is forgotten, so that the next good answer is told in any case. */
function note(session: Session, position: FetchPosition, state: FetchedState): void {
  const key = keyOf(position);
  const cached = session.partitions.get(key);
  if (cached === undefined) return;
  cached.highWatermark = state.errorCode !== 0 || state.hasDivergingEpoch ? -1 : state.highWatermark;
  cached.logStartOffset = state.logStartOffset;
  if (state.recordBytes === 0) return;
  session.partitions.delete(key);
  session.partitions.set(key, cached);
}
