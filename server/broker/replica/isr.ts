import type { Offset } from "../log/log-config.ts";

/** What a leader knows of a follower from its fetches (Kafka's ReplicaState). Times are monotonic. */
export type FollowerState = {
  /** The offset it fetched from last; undefined before its first fetch in this epoch. */
  readonly logEndOffset: Offset | undefined;
  readonly logStartOffset: Offset;
  /** The leader's log end, and the time, at its last fetch. */
  readonly lastFetchLeaderEndOffset: Offset;
  readonly lastFetchMs: number;
  /** The last time at which it had everything. */
  readonly lastCaughtUpMs: number;
  /** Of the life of the broker that fetched last; -1 before its first fetch in this epoch, and where a fetch does not say (KIP-903). */
  readonly brokerEpoch: number;
};

/** A follower that was not heard of in this leader epoch; members of the ISR get the benefit of the doubt from `nowMs` on. */
export function unheardFollower(nowMs: number, isInSync: boolean): FollowerState {
  return {
    logEndOffset: undefined,
    logStartOffset: 0,
    lastFetchLeaderEndOffset: 0,
    lastFetchMs: -Infinity,
    lastCaughtUpMs: isInSync ? nowMs : -Infinity,
    brokerEpoch: -1,
  };
}

/** A fetch of a follower: from where, and what the leader had then. */
export type FollowerFetch = {
  readonly fetchOffset: Offset;
  readonly logStartOffset: Offset;
  readonly brokerEpoch: number;
  readonly leaderEndOffset: Offset;
  readonly nowMs: number;
};

/**
 * The state after a fetch. A follower is caught up at a fetch from the leader's end, and was caught up at its previous fetch when it has by now
 * what the leader had then (Kafka's Replica.updateFetchStateOrThrow).
 */
export function afterFetch(state: FollowerState, fetch: FollowerFetch): FollowerState {
  let { lastCaughtUpMs } = state;
  if (fetch.fetchOffset >= fetch.leaderEndOffset) lastCaughtUpMs = Math.max(lastCaughtUpMs, fetch.nowMs);
  else if (fetch.fetchOffset >= state.lastFetchLeaderEndOffset)
    lastCaughtUpMs = Math.max(lastCaughtUpMs, state.lastFetchMs);
  return {
    logEndOffset: fetch.fetchOffset,
    logStartOffset: fetch.logStartOffset,
    lastFetchLeaderEndOffset: Math.max(fetch.leaderEndOffset, state.lastFetchLeaderEndOffset),
    lastFetchMs: fetch.nowMs,
    lastCaughtUpMs,
    brokerEpoch: fetch.brokerEpoch,
  };
}

/** The facts that ISR and high watermark follow from. */
export type LeaderFacts = {
  readonly leaderId: number;
  readonly leaderEndOffset: Offset;
  readonly highWatermark: Offset;
  /** Where the leader's epoch begins. */
  readonly epochStartOffset: Offset;
  /** As the controller confirmed it. */
  readonly isr: readonly number[];
  /** The confirmed ISR together with one that was proposed: acks=all waits for all of them. */
  readonly maximalIsr: readonly number[];
  readonly followers: ReadonlyMap<number, FollowerState>;
  readonly nowMs: number;
  /** replica.lag.time.max.ms */
  readonly lagMsMax: number;
  /** min.insync.replicas, at most the number of replicas. */
  readonly minInsyncReplicas: number;
  /** Whether the controller would take this life of a broker into the ISR: registered with this epoch (-1: any), unfenced, not shutting down. */
  readonly isEligible: (broker: number, brokerEpoch: number) => boolean;
};

/** The high watermark that the replicas allow: what all in sync, or about to be, have; never less than it was, and as it was below min.insync.replicas (KIP-966). */
export function nextHighWatermark(facts: LeaderFacts): Offset {
  if (facts.isr.length < facts.minInsyncReplicas) return facts.highWatermark;
  let offset = facts.leaderEndOffset;
  for (const [id, state] of facts.followers) {
    // One that is about to join is waited for, so that it does not join behind the high watermark.
    const counts =
      facts.maximalIsr.includes(id) || (isCaughtUp(state, facts) && facts.isEligible(id, state.brokerEpoch));
    if (counts) offset = Math.min(offset, state.logEndOffset ?? 0);
  }
  return Math.max(facts.highWatermark, offset);
}

/** Members of the ISR that fell behind for longer than replica.lag.time.max.ms. */
export function laggingReplicas(facts: LeaderFacts): number[] {
  return facts.isr.filter((id) => {
    const state = facts.followers.get(id);
    return id !== facts.leaderId && state !== undefined && !isCaughtUp(state, facts);
  });
}

/** Whether a follower may join the ISR: it has all that is committed, all of the epochs before this leader's, and the controller will take it. */
export function mayJoinIsr(id: number, facts: LeaderFacts): boolean {
  const state = facts.followers.get(id);
  const end = state?.logEndOffset;
  if (state === undefined || end === undefined || facts.maximalIsr.includes(id)) return false;
  return end >= facts.highWatermark && end >= facts.epochStartOffset && facts.isEligible(id, state.brokerEpoch);
}

/** Whether a follower is in step: it has everything, or had within replica.lag.time.max.ms. */
export function isCaughtUp(state: FollowerState, facts: LeaderFacts): boolean {
  return state.logEndOffset === facts.leaderEndOffset || facts.nowMs - state.lastCaughtUpMs <= facts.lagMsMax;
}
