import { errorMessages } from "./error-messages.ts";

/** One error code of the protocol. */
export type KafkaError = {
  readonly code: number;
  /** Kafka's name of the code, such as `UNKNOWN_TOPIC_OR_PARTITION`. */
  readonly name: string;
  /** Whether the same request may succeed later, as Kafka's clients judge it. */
  readonly isRetriable: boolean;
  /** One sentence for people. */
  readonly message: string;
};

const byCode = new Map<number, KafkaError>();

/** All error codes of Kafka 4.2 by their number. */
export const kafkaErrors: ReadonlyMap<number, KafkaError> = byCode;

/** Kafka's name of an error code, or `UNKNOWN_ERROR_<code>` for one of a later version. */
export function errorName(code: number): string {
  return byCode.get(code)?.name ?? `UNKNOWN_ERROR_${code}`;
}

/** Whether the same request may succeed later. Codes of later versions are not retriable. */
export function isRetriableError(code: number): boolean {
  return byCode.get(code)?.isRetriable ?? false;
}

/** One sentence that explains an error code. */
export function errorMessage(code: number): string {
  return byCode.get(code)?.message ?? `The server answered with error code ${code}, which is not known here.`;
}

function define<const C extends number>(code: C, name: string, isRetriable: boolean): C {
  byCode.set(code, { code, name, isRetriable, message: errorMessages[name] ?? name });
  return code;
}

function fatal<const C extends number>(code: C, name: string): C {
  return define(code, name, false);
}

function retriable<const C extends number>(code: C, name: string): C {
  return define(code, name, true);
}

export const UNKNOWN_SERVER_ERROR = fatal(-1, "UNKNOWN_SERVER_ERROR");
export const NONE = fatal(0, "NONE");
export const OFFSET_OUT_OF_RANGE = fatal(1, "OFFSET_OUT_OF_RANGE");
export const CORRUPT_MESSAGE = retriable(2, "CORRUPT_MESSAGE");
export const UNKNOWN_TOPIC_OR_PARTITION = retriable(3, "UNKNOWN_TOPIC_OR_PARTITION");
export const INVALID_FETCH_SIZE = fatal(4, "INVALID_FETCH_SIZE");
export const LEADER_NOT_AVAILABLE = retriable(5, "LEADER_NOT_AVAILABLE");
export const NOT_LEADER_OR_FOLLOWER = retriable(6, "NOT_LEADER_OR_FOLLOWER");
export const REQUEST_TIMED_OUT = retriable(7, "REQUEST_TIMED_OUT");
export const BROKER_NOT_AVAILABLE = fatal(8, "BROKER_NOT_AVAILABLE");
export const REPLICA_NOT_AVAILABLE = retriable(9, "REPLICA_NOT_AVAILABLE");
export const MESSAGE_TOO_LARGE = fatal(10, "MESSAGE_TOO_LARGE");
export const STALE_CONTROLLER_EPOCH = fatal(11, "STALE_CONTROLLER_EPOCH");
export const OFFSET_METADATA_TOO_LARGE = fatal(12, "OFFSET_METADATA_TOO_LARGE");
export const NETWORK_EXCEPTION = retriable(13, "NETWORK_EXCEPTION");
export const COORDINATOR_LOAD_IN_PROGRESS = retriable(14, "COORDINATOR_LOAD_IN_PROGRESS");
export const COORDINATOR_NOT_AVAILABLE = retriable(15, "COORDINATOR_NOT_AVAILABLE");
export const NOT_COORDINATOR = retriable(16, "NOT_COORDINATOR");
export const INVALID_TOPIC_EXCEPTION = fatal(17, "INVALID_TOPIC_EXCEPTION");
export const RECORD_LIST_TOO_LARGE = fatal(18, "RECORD_LIST_TOO_LARGE");
export const NOT_ENOUGH_REPLICAS = retriable(19, "NOT_ENOUGH_REPLICAS");
export const NOT_ENOUGH_REPLICAS_AFTER_APPEND = retriable(20, "NOT_ENOUGH_REPLICAS_AFTER_APPEND");
export const INVALID_REQUIRED_ACKS = fatal(21, "INVALID_REQUIRED_ACKS");
export const ILLEGAL_GENERATION = fatal(22, "ILLEGAL_GENERATION");
export const INCONSISTENT_GROUP_PROTOCOL = fatal(23, "INCONSISTENT_GROUP_PROTOCOL");
export const INVALID_GROUP_ID = fatal(24, "INVALID_GROUP_ID");
export const UNKNOWN_MEMBER_ID = fatal(25, "UNKNOWN_MEMBER_ID");
export const INVALID_SESSION_TIMEOUT = fatal(26, "INVALID_SESSION_TIMEOUT");
export const REBALANCE_IN_PROGRESS = fatal(27, "REBALANCE_IN_PROGRESS");
export const INVALID_COMMIT_OFFSET_SIZE = fatal(28, "INVALID_COMMIT_OFFSET_SIZE");
export const TOPIC_AUTHORIZATION_FAILED = fatal(29, "TOPIC_AUTHORIZATION_FAILED");
export const GROUP_AUTHORIZATION_FAILED = fatal(30, "GROUP_AUTHORIZATION_FAILED");
export const CLUSTER_AUTHORIZATION_FAILED = fatal(31, "CLUSTER_AUTHORIZATION_FAILED");
export const INVALID_TIMESTAMP = fatal(32, "INVALID_TIMESTAMP");
export const UNSUPPORTED_SASL_MECHANISM = fatal(33, "UNSUPPORTED_SASL_MECHANISM");
export const ILLEGAL_SASL_STATE = fatal(34, "ILLEGAL_SASL_STATE");
export const UNSUPPORTED_VERSION = fatal(35, "UNSUPPORTED_VERSION");
export const TOPIC_ALREADY_EXISTS = fatal(36, "TOPIC_ALREADY_EXISTS");
export const INVALID_PARTITIONS = fatal(37, "INVALID_PARTITIONS");
export const INVALID_REPLICATION_FACTOR = fatal(38, "INVALID_REPLICATION_FACTOR");
export const INVALID_REPLICA_ASSIGNMENT = fatal(39, "INVALID_REPLICA_ASSIGNMENT");
export const INVALID_CONFIG = fatal(40, "INVALID_CONFIG");
export const NOT_CONTROLLER = retriable(41, "NOT_CONTROLLER");
export const INVALID_REQUEST = fatal(42, "INVALID_REQUEST");
export const UNSUPPORTED_FOR_MESSAGE_FORMAT = fatal(43, "UNSUPPORTED_FOR_MESSAGE_FORMAT");
export const POLICY_VIOLATION = fatal(44, "POLICY_VIOLATION");
export const OUT_OF_ORDER_SEQUENCE_NUMBER = fatal(45, "OUT_OF_ORDER_SEQUENCE_NUMBER");
export const DUPLICATE_SEQUENCE_NUMBER = fatal(46, "DUPLICATE_SEQUENCE_NUMBER");
export const INVALID_PRODUCER_EPOCH = fatal(47, "INVALID_PRODUCER_EPOCH");
export const INVALID_TXN_STATE = fatal(48, "INVALID_TXN_STATE");
export const INVALID_PRODUCER_ID_MAPPING = fatal(49, "INVALID_PRODUCER_ID_MAPPING");
export const INVALID_TRANSACTION_TIMEOUT = fatal(50, "INVALID_TRANSACTION_TIMEOUT");
export const CONCURRENT_TRANSACTIONS = retriable(51, "CONCURRENT_TRANSACTIONS");
export const TRANSACTION_COORDINATOR_FENCED = fatal(52, "TRANSACTION_COORDINATOR_FENCED");
export const TRANSACTIONAL_ID_AUTHORIZATION_FAILED = fatal(53, "TRANSACTIONAL_ID_AUTHORIZATION_FAILED");
export const SECURITY_DISABLED = fatal(54, "SECURITY_DISABLED");
export const OPERATION_NOT_ATTEMPTED = fatal(55, "OPERATION_NOT_ATTEMPTED");
export const KAFKA_STORAGE_ERROR = retriable(56, "KAFKA_STORAGE_ERROR");
export const LOG_DIR_NOT_FOUND = fatal(57, "LOG_DIR_NOT_FOUND");
export const SASL_AUTHENTICATION_FAILED = fatal(58, "SASL_AUTHENTICATION_FAILED");
export const UNKNOWN_PRODUCER_ID = fatal(59, "UNKNOWN_PRODUCER_ID");
export const REASSIGNMENT_IN_PROGRESS = fatal(60, "REASSIGNMENT_IN_PROGRESS");
export const DELEGATION_TOKEN_AUTH_DISABLED = fatal(61, "DELEGATION_TOKEN_AUTH_DISABLED");
export const DELEGATION_TOKEN_NOT_FOUND = fatal(62, "DELEGATION_TOKEN_NOT_FOUND");
export const DELEGATION_TOKEN_OWNER_MISMATCH = fatal(63, "DELEGATION_TOKEN_OWNER_MISMATCH");
export const DELEGATION_TOKEN_REQUEST_NOT_ALLOWED = fatal(64, "DELEGATION_TOKEN_REQUEST_NOT_ALLOWED");
export const DELEGATION_TOKEN_AUTHORIZATION_FAILED = fatal(65, "DELEGATION_TOKEN_AUTHORIZATION_FAILED");
export const DELEGATION_TOKEN_EXPIRED = fatal(66, "DELEGATION_TOKEN_EXPIRED");
export const INVALID_PRINCIPAL_TYPE = fatal(67, "INVALID_PRINCIPAL_TYPE");
export const NON_EMPTY_GROUP = fatal(68, "NON_EMPTY_GROUP");
export const GROUP_ID_NOT_FOUND = fatal(69, "GROUP_ID_NOT_FOUND");
export const FETCH_SESSION_ID_NOT_FOUND = retriable(70, "FETCH_SESSION_ID_NOT_FOUND");
export const INVALID_FETCH_SESSION_EPOCH = retriable(71, "INVALID_FETCH_SESSION_EPOCH");
export const LISTENER_NOT_FOUND = retriable(72, "LISTENER_NOT_FOUND");
export const TOPIC_DELETION_DISABLED = fatal(73, "TOPIC_DELETION_DISABLED");
export const FENCED_LEADER_EPOCH = retriable(74, "FENCED_LEADER_EPOCH");
export const UNKNOWN_LEADER_EPOCH = retriable(75, "UNKNOWN_LEADER_EPOCH");
export const UNSUPPORTED_COMPRESSION_TYPE = fatal(76, "UNSUPPORTED_COMPRESSION_TYPE");
export const STALE_BROKER_EPOCH = fatal(77, "STALE_BROKER_EPOCH");
export const OFFSET_NOT_AVAILABLE = retriable(78, "OFFSET_NOT_AVAILABLE");
export const MEMBER_ID_REQUIRED = fatal(79, "MEMBER_ID_REQUIRED");
export const PREFERRED_LEADER_NOT_AVAILABLE = retriable(80, "PREFERRED_LEADER_NOT_AVAILABLE");
export const GROUP_MAX_SIZE_REACHED = fatal(81, "GROUP_MAX_SIZE_REACHED");
export const FENCED_INSTANCE_ID = fatal(82, "FENCED_INSTANCE_ID");
export const ELIGIBLE_LEADERS_NOT_AVAILABLE = retriable(83, "ELIGIBLE_LEADERS_NOT_AVAILABLE");
export const ELECTION_NOT_NEEDED = retriable(84, "ELECTION_NOT_NEEDED");
export const NO_REASSIGNMENT_IN_PROGRESS = fatal(85, "NO_REASSIGNMENT_IN_PROGRESS");
export const GROUP_SUBSCRIBED_TO_TOPIC = fatal(86, "GROUP_SUBSCRIBED_TO_TOPIC");
export const INVALID_RECORD = fatal(87, "INVALID_RECORD");
export const UNSTABLE_OFFSET_COMMIT = retriable(88, "UNSTABLE_OFFSET_COMMIT");
export const THROTTLING_QUOTA_EXCEEDED = retriable(89, "THROTTLING_QUOTA_EXCEEDED");
export const PRODUCER_FENCED = fatal(90, "PRODUCER_FENCED");
export const RESOURCE_NOT_FOUND = fatal(91, "RESOURCE_NOT_FOUND");
export const DUPLICATE_RESOURCE = fatal(92, "DUPLICATE_RESOURCE");
export const UNACCEPTABLE_CREDENTIAL = fatal(93, "UNACCEPTABLE_CREDENTIAL");
export const INCONSISTENT_VOTER_SET = fatal(94, "INCONSISTENT_VOTER_SET");
export const INVALID_UPDATE_VERSION = fatal(95, "INVALID_UPDATE_VERSION");
export const FEATURE_UPDATE_FAILED = fatal(96, "FEATURE_UPDATE_FAILED");
export const PRINCIPAL_DESERIALIZATION_FAILURE = fatal(97, "PRINCIPAL_DESERIALIZATION_FAILURE");
export const SNAPSHOT_NOT_FOUND = fatal(98, "SNAPSHOT_NOT_FOUND");
export const POSITION_OUT_OF_RANGE = fatal(99, "POSITION_OUT_OF_RANGE");
export const UNKNOWN_TOPIC_ID = retriable(100, "UNKNOWN_TOPIC_ID");
export const DUPLICATE_BROKER_REGISTRATION = fatal(101, "DUPLICATE_BROKER_REGISTRATION");
export const BROKER_ID_NOT_REGISTERED = fatal(102, "BROKER_ID_NOT_REGISTERED");
export const INCONSISTENT_TOPIC_ID = retriable(103, "INCONSISTENT_TOPIC_ID");
export const INCONSISTENT_CLUSTER_ID = fatal(104, "INCONSISTENT_CLUSTER_ID");
export const TRANSACTIONAL_ID_NOT_FOUND = fatal(105, "TRANSACTIONAL_ID_NOT_FOUND");
export const FETCH_SESSION_TOPIC_ID_ERROR = retriable(106, "FETCH_SESSION_TOPIC_ID_ERROR");
export const INELIGIBLE_REPLICA = fatal(107, "INELIGIBLE_REPLICA");
export const NEW_LEADER_ELECTED = fatal(108, "NEW_LEADER_ELECTED");
export const OFFSET_MOVED_TO_TIERED_STORAGE = fatal(109, "OFFSET_MOVED_TO_TIERED_STORAGE");
export const FENCED_MEMBER_EPOCH = fatal(110, "FENCED_MEMBER_EPOCH");
export const UNRELEASED_INSTANCE_ID = fatal(111, "UNRELEASED_INSTANCE_ID");
export const UNSUPPORTED_ASSIGNOR = fatal(112, "UNSUPPORTED_ASSIGNOR");
export const STALE_MEMBER_EPOCH = fatal(113, "STALE_MEMBER_EPOCH");
export const MISMATCHED_ENDPOINT_TYPE = fatal(114, "MISMATCHED_ENDPOINT_TYPE");
export const UNSUPPORTED_ENDPOINT_TYPE = fatal(115, "UNSUPPORTED_ENDPOINT_TYPE");
export const UNKNOWN_CONTROLLER_ID = fatal(116, "UNKNOWN_CONTROLLER_ID");
export const UNKNOWN_SUBSCRIPTION_ID = fatal(117, "UNKNOWN_SUBSCRIPTION_ID");
export const TELEMETRY_TOO_LARGE = fatal(118, "TELEMETRY_TOO_LARGE");
export const INVALID_REGISTRATION = fatal(119, "INVALID_REGISTRATION");
export const TRANSACTION_ABORTABLE = fatal(120, "TRANSACTION_ABORTABLE");
export const INVALID_RECORD_STATE = fatal(121, "INVALID_RECORD_STATE");
export const SHARE_SESSION_NOT_FOUND = retriable(122, "SHARE_SESSION_NOT_FOUND");
export const INVALID_SHARE_SESSION_EPOCH = retriable(123, "INVALID_SHARE_SESSION_EPOCH");
export const FENCED_STATE_EPOCH = fatal(124, "FENCED_STATE_EPOCH");
export const INVALID_VOTER_KEY = fatal(125, "INVALID_VOTER_KEY");
export const DUPLICATE_VOTER = fatal(126, "DUPLICATE_VOTER");
export const VOTER_NOT_FOUND = fatal(127, "VOTER_NOT_FOUND");
export const INVALID_REGULAR_EXPRESSION = fatal(128, "INVALID_REGULAR_EXPRESSION");
export const REBOOTSTRAP_REQUIRED = fatal(129, "REBOOTSTRAP_REQUIRED");
export const STREAMS_INVALID_TOPOLOGY = fatal(130, "STREAMS_INVALID_TOPOLOGY");
export const STREAMS_INVALID_TOPOLOGY_EPOCH = fatal(131, "STREAMS_INVALID_TOPOLOGY_EPOCH");
export const STREAMS_TOPOLOGY_FENCED = fatal(132, "STREAMS_TOPOLOGY_FENCED");
export const SHARE_SESSION_LIMIT_REACHED = retriable(133, "SHARE_SESSION_LIMIT_REACHED");
