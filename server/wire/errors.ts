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

function fatal<const C extends number>(code: C, name: string, message: string): C {
  byCode.set(code, { code, name, isRetriable: false, message });
  return code;
}

function retriable<const C extends number>(code: C, name: string, message: string): C {
  byCode.set(code, { code, name, isRetriable: true, message });
  return code;
}

export const UNKNOWN_SERVER_ERROR = fatal(
  -1,
  "UNKNOWN_SERVER_ERROR",
  "The server hit an error that has no code of its own.",
);
export const NONE = fatal(0, "NONE", "No error.");
export const OFFSET_OUT_OF_RANGE = fatal(
  1,
  "OFFSET_OUT_OF_RANGE",
  "The offset lies outside what the partition's log still holds.",
);
export const CORRUPT_MESSAGE = retriable(
  2,
  "CORRUPT_MESSAGE",
  "A record batch is damaged: its checksum or its length is wrong.",
);
export const UNKNOWN_TOPIC_OR_PARTITION = retriable(
  3,
  "UNKNOWN_TOPIC_OR_PARTITION",
  "The server has no such topic or partition.",
);
export const INVALID_FETCH_SIZE = fatal(4, "INVALID_FETCH_SIZE", "The fetch size asked for is not valid.");
export const LEADER_NOT_AVAILABLE = retriable(5, "LEADER_NOT_AVAILABLE", "The partition has no leader at the moment.");
export const NOT_LEADER_OR_FOLLOWER = retriable(
  6,
  "NOT_LEADER_OR_FOLLOWER",
  "The broker asked is not the leader, or not a replica, of the partition.",
);
export const REQUEST_TIMED_OUT = retriable(7, "REQUEST_TIMED_OUT", "The request was not done within its timeout.");
export const BROKER_NOT_AVAILABLE = fatal(8, "BROKER_NOT_AVAILABLE", "The broker is not available.");
export const REPLICA_NOT_AVAILABLE = retriable(
  9,
  "REPLICA_NOT_AVAILABLE",
  "The replica is not available for this partition.",
);
export const MESSAGE_TOO_LARGE = fatal(
  10,
  "MESSAGE_TOO_LARGE",
  "A record batch is larger than max.message.bytes allows.",
);
export const STALE_CONTROLLER_EPOCH = fatal(
  11,
  "STALE_CONTROLLER_EPOCH",
  "The request comes from a controller that has been replaced.",
);
export const OFFSET_METADATA_TOO_LARGE = fatal(
  12,
  "OFFSET_METADATA_TOO_LARGE",
  "The text committed with an offset is longer than offset.metadata.max.bytes.",
);
export const NETWORK_EXCEPTION = retriable(
  13,
  "NETWORK_EXCEPTION",
  "The connection was lost before the response came.",
);
export const COORDINATOR_LOAD_IN_PROGRESS = retriable(
  14,
  "COORDINATOR_LOAD_IN_PROGRESS",
  "The coordinator is still loading its state.",
);
export const COORDINATOR_NOT_AVAILABLE = retriable(15, "COORDINATOR_NOT_AVAILABLE", "No coordinator is available.");
export const NOT_COORDINATOR = retriable(
  16,
  "NOT_COORDINATOR",
  "The broker asked is not the coordinator of this group or transactional id.",
);
export const INVALID_TOPIC_EXCEPTION = fatal(
  17,
  "INVALID_TOPIC_EXCEPTION",
  "The topic's name is not valid, or the topic may not be used this way.",
);
export const RECORD_LIST_TOO_LARGE = fatal(
  18,
  "RECORD_LIST_TOO_LARGE",
  "The batch is larger than a segment of the log.",
);
export const NOT_ENOUGH_REPLICAS = retriable(
  19,
  "NOT_ENOUGH_REPLICAS",
  "Fewer replicas are in sync than min.insync.replicas asks for; nothing was written.",
);
export const NOT_ENOUGH_REPLICAS_AFTER_APPEND = retriable(
  20,
  "NOT_ENOUGH_REPLICAS_AFTER_APPEND",
  "The batch was written, but to fewer in-sync replicas than min.insync.replicas asks for.",
);
export const INVALID_REQUIRED_ACKS = fatal(21, "INVALID_REQUIRED_ACKS", "acks is none of 0, 1 and -1.");
export const ILLEGAL_GENERATION = fatal(22, "ILLEGAL_GENERATION", "The generation is not the group's current one.");
export const INCONSISTENT_GROUP_PROTOCOL = fatal(
  23,
  "INCONSISTENT_GROUP_PROTOCOL",
  "The member's protocols match no protocol of the group, or it offered none.",
);
export const INVALID_GROUP_ID = fatal(24, "INVALID_GROUP_ID", "The group id is not valid.");
export const UNKNOWN_MEMBER_ID = fatal(25, "UNKNOWN_MEMBER_ID", "The group has no such member.");
export const INVALID_SESSION_TIMEOUT = fatal(
  26,
  "INVALID_SESSION_TIMEOUT",
  "The session timeout is outside the limits of the broker.",
);
export const REBALANCE_IN_PROGRESS = fatal(
  27,
  "REBALANCE_IN_PROGRESS",
  "The group is rebalancing; the member has to join again.",
);
export const INVALID_COMMIT_OFFSET_SIZE = fatal(
  28,
  "INVALID_COMMIT_OFFSET_SIZE",
  "The offsets to commit are too large to be stored.",
);
export const TOPIC_AUTHORIZATION_FAILED = fatal(29, "TOPIC_AUTHORIZATION_FAILED", "Not allowed on this topic.");
export const GROUP_AUTHORIZATION_FAILED = fatal(30, "GROUP_AUTHORIZATION_FAILED", "Not allowed on this group.");
export const CLUSTER_AUTHORIZATION_FAILED = fatal(31, "CLUSTER_AUTHORIZATION_FAILED", "Not allowed on this cluster.");
export const INVALID_TIMESTAMP = fatal(
  32,
  "INVALID_TIMESTAMP",
  "A record's timestamp is outside what the topic accepts.",
);
export const UNSUPPORTED_SASL_MECHANISM = fatal(
  33,
  "UNSUPPORTED_SASL_MECHANISM",
  "The server does not offer this SASL mechanism.",
);
export const ILLEGAL_SASL_STATE = fatal(
  34,
  "ILLEGAL_SASL_STATE",
  "The request does not fit the state of the SASL exchange.",
);
export const UNSUPPORTED_VERSION = fatal(
  35,
  "UNSUPPORTED_VERSION",
  "The server does not speak this version of the API.",
);
export const TOPIC_ALREADY_EXISTS = fatal(36, "TOPIC_ALREADY_EXISTS", "A topic of this name exists already.");
export const INVALID_PARTITIONS = fatal(37, "INVALID_PARTITIONS", "The number of partitions is not valid.");
export const INVALID_REPLICATION_FACTOR = fatal(
  38,
  "INVALID_REPLICATION_FACTOR",
  "The replication factor is below 1 or above the number of brokers.",
);
export const INVALID_REPLICA_ASSIGNMENT = fatal(
  39,
  "INVALID_REPLICA_ASSIGNMENT",
  "The assignment of replicas is not valid.",
);
export const INVALID_CONFIG = fatal(40, "INVALID_CONFIG", "A config has a name or a value that is not valid.");
export const NOT_CONTROLLER = retriable(41, "NOT_CONTROLLER", "The node asked is not the active controller.");
export const INVALID_REQUEST = fatal(
  42,
  "INVALID_REQUEST",
  "The request contradicts itself, or asks for what this server cannot do.",
);
export const UNSUPPORTED_FOR_MESSAGE_FORMAT = fatal(
  43,
  "UNSUPPORTED_FOR_MESSAGE_FORMAT",
  "The format of the stored messages does not allow the request.",
);
export const POLICY_VIOLATION = fatal(44, "POLICY_VIOLATION", "A policy of the cluster forbids the request.");
export const OUT_OF_ORDER_SEQUENCE_NUMBER = fatal(
  45,
  "OUT_OF_ORDER_SEQUENCE_NUMBER",
  "A sequence number is missing before the producer's batch.",
);
export const DUPLICATE_SEQUENCE_NUMBER = fatal(
  46,
  "DUPLICATE_SEQUENCE_NUMBER",
  "The producer's batch has been written before.",
);
export const INVALID_PRODUCER_EPOCH = fatal(
  47,
  "INVALID_PRODUCER_EPOCH",
  "The producer's epoch is older than the current one of its id.",
);
export const INVALID_TXN_STATE = fatal(
  48,
  "INVALID_TXN_STATE",
  "The transaction's state does not allow the operation.",
);
export const INVALID_PRODUCER_ID_MAPPING = fatal(
  49,
  "INVALID_PRODUCER_ID_MAPPING",
  "The producer id is not the one of the transactional id.",
);
export const INVALID_TRANSACTION_TIMEOUT = fatal(
  50,
  "INVALID_TRANSACTION_TIMEOUT",
  "The transaction timeout is above transaction.max.timeout.ms.",
);
export const CONCURRENT_TRANSACTIONS = retriable(
  51,
  "CONCURRENT_TRANSACTIONS",
  "Another operation on the transaction is under way.",
);
export const TRANSACTION_COORDINATOR_FENCED = fatal(
  52,
  "TRANSACTION_COORDINATOR_FENCED",
  "The coordinator that sent the marker has been replaced.",
);
export const TRANSACTIONAL_ID_AUTHORIZATION_FAILED = fatal(
  53,
  "TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
  "Not allowed on this transactional id.",
);
export const SECURITY_DISABLED = fatal(54, "SECURITY_DISABLED", "The cluster runs without an authorizer.");
export const OPERATION_NOT_ATTEMPTED = fatal(
  55,
  "OPERATION_NOT_ATTEMPTED",
  "The operation was not tried, because another one of the same request failed.",
);
export const KAFKA_STORAGE_ERROR = retriable(56, "KAFKA_STORAGE_ERROR", "The broker could not read or write its disk.");
export const LOG_DIR_NOT_FOUND = fatal(57, "LOG_DIR_NOT_FOUND", "The broker has no such log directory.");
export const SASL_AUTHENTICATION_FAILED = fatal(58, "SASL_AUTHENTICATION_FAILED", "Authentication failed.");
export const UNKNOWN_PRODUCER_ID = fatal(
  59,
  "UNKNOWN_PRODUCER_ID",
  "The broker no longer knows anything about the producer id.",
);
export const REASSIGNMENT_IN_PROGRESS = fatal(60, "REASSIGNMENT_IN_PROGRESS", "The partition is being moved.");
export const DELEGATION_TOKEN_AUTH_DISABLED = fatal(
  61,
  "DELEGATION_TOKEN_AUTH_DISABLED",
  "Delegation tokens are switched off.",
);
export const DELEGATION_TOKEN_NOT_FOUND = fatal(62, "DELEGATION_TOKEN_NOT_FOUND", "There is no such delegation token.");
export const DELEGATION_TOKEN_OWNER_MISMATCH = fatal(
  63,
  "DELEGATION_TOKEN_OWNER_MISMATCH",
  "The principal is neither owner nor renewer of the token.",
);
export const DELEGATION_TOKEN_REQUEST_NOT_ALLOWED = fatal(
  64,
  "DELEGATION_TOKEN_REQUEST_NOT_ALLOWED",
  "Tokens cannot be managed over this connection.",
);
export const DELEGATION_TOKEN_AUTHORIZATION_FAILED = fatal(
  65,
  "DELEGATION_TOKEN_AUTHORIZATION_FAILED",
  "Not allowed on this delegation token.",
);
export const DELEGATION_TOKEN_EXPIRED = fatal(66, "DELEGATION_TOKEN_EXPIRED", "The delegation token has expired.");
export const INVALID_PRINCIPAL_TYPE = fatal(67, "INVALID_PRINCIPAL_TYPE", "This type of principal is not supported.");
export const NON_EMPTY_GROUP = fatal(68, "NON_EMPTY_GROUP", "The group still has members.");
export const GROUP_ID_NOT_FOUND = fatal(69, "GROUP_ID_NOT_FOUND", "There is no such group.");
export const FETCH_SESSION_ID_NOT_FOUND = retriable(
  70,
  "FETCH_SESSION_ID_NOT_FOUND",
  "The broker no longer has this fetch session.",
);
export const INVALID_FETCH_SESSION_EPOCH = retriable(
  71,
  "INVALID_FETCH_SESSION_EPOCH",
  "The epoch of the fetch session is not the expected one.",
);
export const LISTENER_NOT_FOUND = retriable(
  72,
  "LISTENER_NOT_FOUND",
  "The leader has no listener of the name that the request came through.",
);
export const TOPIC_DELETION_DISABLED = fatal(73, "TOPIC_DELETION_DISABLED", "Deleting topics is switched off.");
export const FENCED_LEADER_EPOCH = retriable(
  74,
  "FENCED_LEADER_EPOCH",
  "The request's leader epoch is older than the broker's.",
);
export const UNKNOWN_LEADER_EPOCH = retriable(
  75,
  "UNKNOWN_LEADER_EPOCH",
  "The request's leader epoch is newer than the broker's.",
);
export const UNSUPPORTED_COMPRESSION_TYPE = fatal(
  76,
  "UNSUPPORTED_COMPRESSION_TYPE",
  "The version of the request cannot carry this compression.",
);
export const STALE_BROKER_EPOCH = fatal(
  77,
  "STALE_BROKER_EPOCH",
  "The broker has registered again since, with another epoch.",
);
export const OFFSET_NOT_AVAILABLE = retriable(
  78,
  "OFFSET_NOT_AVAILABLE",
  "A new leader cannot tell this offset yet, because its high watermark lags.",
);
export const MEMBER_ID_REQUIRED = fatal(
  79,
  "MEMBER_ID_REQUIRED",
  "The member has to join again with the id that it was given.",
);
export const PREFERRED_LEADER_NOT_AVAILABLE = retriable(
  80,
  "PREFERRED_LEADER_NOT_AVAILABLE",
  "The preferred leader is not available.",
);
export const GROUP_MAX_SIZE_REACHED = fatal(
  81,
  "GROUP_MAX_SIZE_REACHED",
  "The group already has as many members as it may have.",
);
export const FENCED_INSTANCE_ID = fatal(
  82,
  "FENCED_INSTANCE_ID",
  "Another member has taken over this group.instance.id.",
);
export const ELIGIBLE_LEADERS_NOT_AVAILABLE = retriable(
  83,
  "ELIGIBLE_LEADERS_NOT_AVAILABLE",
  "No replica may become the leader.",
);
export const ELECTION_NOT_NEEDED = retriable(84, "ELECTION_NOT_NEEDED", "The partition has the right leader already.");
export const NO_REASSIGNMENT_IN_PROGRESS = fatal(
  85,
  "NO_REASSIGNMENT_IN_PROGRESS",
  "The partition is not being moved.",
);
export const GROUP_SUBSCRIBED_TO_TOPIC = fatal(
  86,
  "GROUP_SUBSCRIBED_TO_TOPIC",
  "The group still reads the topic, so its offsets cannot be deleted.",
);
export const INVALID_RECORD = fatal(87, "INVALID_RECORD", "A record breaks a rule of the topic or of the format.");
export const UNSTABLE_OFFSET_COMMIT = retriable(
  88,
  "UNSTABLE_OFFSET_COMMIT",
  "A transaction has yet to decide about these offsets.",
);
export const THROTTLING_QUOTA_EXCEEDED = retriable(
  89,
  "THROTTLING_QUOTA_EXCEEDED",
  "A quota was exceeded; try again after the throttle time.",
);
export const PRODUCER_FENCED = fatal(90, "PRODUCER_FENCED", "A newer producer uses the same transactional id.");
export const RESOURCE_NOT_FOUND = fatal(91, "RESOURCE_NOT_FOUND", "The request names something that does not exist.");
export const DUPLICATE_RESOURCE = fatal(92, "DUPLICATE_RESOURCE", "The request names the same thing twice.");
export const UNACCEPTABLE_CREDENTIAL = fatal(93, "UNACCEPTABLE_CREDENTIAL", "The credential does not meet the rules.");
export const INCONSISTENT_VOTER_SET = fatal(
  94,
  "INCONSISTENT_VOTER_SET",
  "Sender or receiver is not one of the expected voters.",
);
export const INVALID_UPDATE_VERSION = fatal(95, "INVALID_UPDATE_VERSION", "The version to update to is not valid.");
export const FEATURE_UPDATE_FAILED = fatal(96, "FEATURE_UPDATE_FAILED", "The features could not be updated.");
export const PRINCIPAL_DESERIALIZATION_FAILURE = fatal(
  97,
  "PRINCIPAL_DESERIALIZATION_FAILURE",
  "The principal of a forwarded request could not be read.",
);
export const SNAPSHOT_NOT_FOUND = fatal(98, "SNAPSHOT_NOT_FOUND", "There is no such snapshot.");
export const POSITION_OUT_OF_RANGE = fatal(99, "POSITION_OUT_OF_RANGE", "The position lies outside the snapshot.");
export const UNKNOWN_TOPIC_ID = retriable(100, "UNKNOWN_TOPIC_ID", "The server has no topic with this id.");
export const DUPLICATE_BROKER_REGISTRATION = fatal(
  101,
  "DUPLICATE_BROKER_REGISTRATION",
  "Another running broker has this id.",
);
export const BROKER_ID_NOT_REGISTERED = fatal(102, "BROKER_ID_NOT_REGISTERED", "No broker with this id is registered.");
export const INCONSISTENT_TOPIC_ID = retriable(
  103,
  "INCONSISTENT_TOPIC_ID",
  "The partition's log belongs to another topic id.",
);
export const INCONSISTENT_CLUSTER_ID = fatal(
  104,
  "INCONSISTENT_CLUSTER_ID",
  "The request is meant for another cluster.",
);
export const TRANSACTIONAL_ID_NOT_FOUND = fatal(
  105,
  "TRANSACTIONAL_ID_NOT_FOUND",
  "There is no such transactional id.",
);
export const FETCH_SESSION_TOPIC_ID_ERROR = retriable(
  106,
  "FETCH_SESSION_TOPIC_ID_ERROR",
  "The fetch session mixes requests with and without topic ids.",
);
export const INELIGIBLE_REPLICA = fatal(
  107,
  "INELIGIBLE_REPLICA",
  "A replica that should join the in-sync set is not fit for it.",
);
export const NEW_LEADER_ELECTED = fatal(
  108,
  "NEW_LEADER_ELECTED",
  "The partition was changed, and it has another leader now.",
);
export const OFFSET_MOVED_TO_TIERED_STORAGE = fatal(
  109,
  "OFFSET_MOVED_TO_TIERED_STORAGE",
  "The offset has moved to tiered storage.",
);
export const FENCED_MEMBER_EPOCH = fatal(
  110,
  "FENCED_MEMBER_EPOCH",
  "The member's epoch is over: it has to give up its partitions and join again.",
);
export const UNRELEASED_INSTANCE_ID = fatal(
  111,
  "UNRELEASED_INSTANCE_ID",
  "Another member still holds this instance id.",
);
export const UNSUPPORTED_ASSIGNOR = fatal(
  112,
  "UNSUPPORTED_ASSIGNOR",
  "The group does not know this assignor, or not in this version.",
);
export const STALE_MEMBER_EPOCH = fatal(
  113,
  "STALE_MEMBER_EPOCH",
  "The member's epoch is old; it has to wait for its next heartbeat's answer.",
);
export const MISMATCHED_ENDPOINT_TYPE = fatal(
  114,
  "MISMATCHED_ENDPOINT_TYPE",
  "The request reached the wrong kind of node.",
);
export const UNSUPPORTED_ENDPOINT_TYPE = fatal(
  115,
  "UNSUPPORTED_ENDPOINT_TYPE",
  "This kind of endpoint is not supported.",
);
export const UNKNOWN_CONTROLLER_ID = fatal(116, "UNKNOWN_CONTROLLER_ID", "There is no controller with this id.");
export const UNKNOWN_SUBSCRIPTION_ID = fatal(
  117,
  "UNKNOWN_SUBSCRIPTION_ID",
  "The telemetry subscription is not the current one.",
);
export const TELEMETRY_TOO_LARGE = fatal(
  118,
  "TELEMETRY_TOO_LARGE",
  "The telemetry is larger than the broker accepts.",
);
export const INVALID_REGISTRATION = fatal(119, "INVALID_REGISTRATION", "The controller refuses the registration.");
export const TRANSACTION_ABORTABLE = fatal(
  120,
  "TRANSACTION_ABORTABLE",
  "The transaction failed; it can be aborted and the producer can go on.",
);
export const INVALID_RECORD_STATE = fatal(
  121,
  "INVALID_RECORD_STATE",
  "The record is in a state that does not allow the acknowledgement.",
);
export const SHARE_SESSION_NOT_FOUND = retriable(
  122,
  "SHARE_SESSION_NOT_FOUND",
  "The broker does not have this share session.",
);
export const INVALID_SHARE_SESSION_EPOCH = retriable(
  123,
  "INVALID_SHARE_SESSION_EPOCH",
  "The epoch of the share session is not the expected one.",
);
export const FENCED_STATE_EPOCH = fatal(
  124,
  "FENCED_STATE_EPOCH",
  "The epoch of the share group's state is not the expected one.",
);
export const INVALID_VOTER_KEY = fatal(
  125,
  "INVALID_VOTER_KEY",
  "The voter's id and directory do not match those of the replica asked.",
);
export const DUPLICATE_VOTER = fatal(126, "DUPLICATE_VOTER", "The voter is in the set already.");
export const VOTER_NOT_FOUND = fatal(127, "VOTER_NOT_FOUND", "The voter is not in the set.");
export const INVALID_REGULAR_EXPRESSION = fatal(
  128,
  "INVALID_REGULAR_EXPRESSION",
  "The regular expression is not valid.",
);
export const REBOOTSTRAP_REQUIRED = fatal(
  129,
  "REBOOTSTRAP_REQUIRED",
  "The client's metadata is too old; it has to bootstrap again.",
);
export const STREAMS_INVALID_TOPOLOGY = fatal(130, "STREAMS_INVALID_TOPOLOGY", "The topology is not valid.");
export const STREAMS_INVALID_TOPOLOGY_EPOCH = fatal(
  131,
  "STREAMS_INVALID_TOPOLOGY_EPOCH",
  "The epoch of the topology is not valid.",
);
export const STREAMS_TOPOLOGY_FENCED = fatal(132, "STREAMS_TOPOLOGY_FENCED", "The group has a newer topology.");
export const SHARE_SESSION_LIMIT_REACHED = retriable(
  133,
  "SHARE_SESSION_LIMIT_REACHED",
  "The broker has as many share sessions as it may have.",
);
