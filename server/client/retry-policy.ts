import {
  BROKER_NOT_AVAILABLE,
  CONCURRENT_TRANSACTIONS,
  COORDINATOR_LOAD_IN_PROGRESS,
  COORDINATOR_NOT_AVAILABLE,
  FENCED_LEADER_EPOCH,
  INCONSISTENT_TOPIC_ID,
  KAFKA_STORAGE_ERROR,
  LEADER_NOT_AVAILABLE,
  LISTENER_NOT_FOUND,
  NETWORK_EXCEPTION,
  NOT_CONTROLLER,
  NOT_COORDINATOR,
  NOT_LEADER_OR_FOLLOWER,
  OFFSET_NOT_AVAILABLE,
  REPLICA_NOT_AVAILABLE,
  UNKNOWN_LEADER_EPOCH,
  UNKNOWN_TOPIC_ID,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../wire/errors.ts";

/** What an error code means for a request that may be repeated: ask the cluster anew where to send it, only wait, or take it as the answer. */
export type Verdict = "refresh" | "retry" | "answer";

const REFRESH: ReadonlySet<number> = new Set([
  LEADER_NOT_AVAILABLE,
  NOT_LEADER_OR_FOLLOWER,
  FENCED_LEADER_EPOCH,
  UNKNOWN_LEADER_EPOCH,
  REPLICA_NOT_AVAILABLE,
  KAFKA_STORAGE_ERROR,
  LISTENER_NOT_FOUND,
  NOT_CONTROLLER,
  NOT_COORDINATOR,
  COORDINATOR_NOT_AVAILABLE,
  BROKER_NOT_AVAILABLE,
  INCONSISTENT_TOPIC_ID,
]);

const RETRY: ReadonlySet<number> = new Set([
  COORDINATOR_LOAD_IN_PROGRESS,
  NETWORK_EXCEPTION,
  OFFSET_NOT_AVAILABLE,
  CONCURRENT_TRANSACTIONS,
]);

/** Judges an error code of a response. A missing topic is an answer: whoever asks for one that was just made says so by `isNew`. */
export function judge(errorCode: number, { isNew = false }: { readonly isNew?: boolean } = {}): Verdict {
  if (REFRESH.has(errorCode)) return "refresh";
  if (RETRY.has(errorCode)) return "retry";
  if (isNew && (errorCode === UNKNOWN_TOPIC_OR_PARTITION || errorCode === UNKNOWN_TOPIC_ID)) return "refresh";
  return "answer";
}
