import {
  COORDINATOR_NOT_AVAILABLE,
  FENCED_LEADER_EPOCH,
  INVALID_FETCH_SIZE,
  KAFKA_STORAGE_ERROR,
  MESSAGE_TOO_LARGE,
  NOT_COORDINATOR,
  NOT_ENOUGH_REPLICAS,
  NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  NOT_LEADER_OR_FOLLOWER,
  RECORD_LIST_TOO_LARGE,
  REQUEST_TIMED_OUT,
  UNKNOWN_LEADER_EPOCH,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";

/** What a client of a coordinator is told when the coordinator's own records were not appended or not replicated. */
export function coordinatorError(errorCode: number): number {
  switch (errorCode) {
    case UNKNOWN_TOPIC_OR_PARTITION:
    case NOT_ENOUGH_REPLICAS:
    case NOT_ENOUGH_REPLICAS_AFTER_APPEND:
    case REQUEST_TIMED_OUT:
      return COORDINATOR_NOT_AVAILABLE;
    case NOT_LEADER_OR_FOLLOWER:
    case FENCED_LEADER_EPOCH:
    case UNKNOWN_LEADER_EPOCH:
    case KAFKA_STORAGE_ERROR:
      return NOT_COORDINATOR;
    default:
      return errorCode;
  }
}

/** Whether records were refused for their size, which each API tells in its own way. */
export function isTooLarge(errorCode: number): boolean {
  return errorCode === MESSAGE_TOO_LARGE || errorCode === RECORD_LIST_TOO_LARGE || errorCode === INVALID_FETCH_SIZE;
}
