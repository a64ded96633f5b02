import * as z from "zod";
import { type Problem, type ProblemCode, problem, ProblemError } from "../../lib/problem.ts";
import { ClientError, type ClientErrorKind } from "../client/client-error.ts";
import { describeKafkaError } from "../client/kafka-error.ts";
import { kafkajsFailure } from "./kafkajs-failure.ts";

/** A thing that Kafka's ACLs protect. */
export type Resource = { readonly topic: string } | { readonly group: string } | "cluster";

/** What was tried, for the words of its failure. */
export type Attempt = {
  /** What failed: "Topic orders was not created". */
  readonly title: string;
  readonly facts?: readonly (readonly [string, string])[];
  /** The ACL that it takes, in Kafka's words: "Describe" on a topic. */
  readonly needs?: { readonly operation: string; readonly resource: Resource };
  /** Who the cluster takes the console for, and where it is. */
  readonly identity?: Identity;
};

/** Who the console is to a cluster. */
export type Identity = { readonly principal: string; readonly bootstrap: readonly string[] };

/** The problems of Kafka's error codes by name. A code that is not here was refused by the cluster's own rules. */
const codeOf: Readonly<Record<string, ProblemCode>> = {
  UNKNOWN_TOPIC_OR_PARTITION: "topic-not-found",
  UNKNOWN_TOPIC_ID: "topic-not-found",
  INCONSISTENT_TOPIC_ID: "topic-not-found",
  TOPIC_ALREADY_EXISTS: "topic-exists",
  TOPIC_AUTHORIZATION_FAILED: "not-authorised",
  GROUP_AUTHORIZATION_FAILED: "not-authorised",
  CLUSTER_AUTHORIZATION_FAILED: "not-authorised",
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: "not-authorised",
  DELEGATION_TOKEN_AUTHORIZATION_FAILED: "not-authorised",
  SASL_AUTHENTICATION_FAILED: "authentication-failed",
  UNSUPPORTED_SASL_MECHANISM: "authentication-failed",
  ILLEGAL_SASL_STATE: "authentication-failed",
  NOT_ENOUGH_REPLICAS: "not-enough-replicas",
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: "not-enough-replicas",
  MESSAGE_TOO_LARGE: "record-too-large",
  RECORD_LIST_TOO_LARGE: "record-too-large",
  OFFSET_OUT_OF_RANGE: "record-not-found",
  LEADER_NOT_AVAILABLE: "broker-unavailable",
  NOT_LEADER_OR_FOLLOWER: "broker-unavailable",
  BROKER_NOT_AVAILABLE: "broker-unavailable",
  REPLICA_NOT_AVAILABLE: "broker-unavailable",
  KAFKA_STORAGE_ERROR: "broker-unavailable",
  NETWORK_EXCEPTION: "broker-unavailable",
  NOT_CONTROLLER: "broker-unavailable",
  COORDINATOR_NOT_AVAILABLE: "broker-unavailable",
  COORDINATOR_LOAD_IN_PROGRESS: "broker-unavailable",
  NOT_COORDINATOR: "broker-unavailable",
  LISTENER_NOT_FOUND: "broker-unavailable",
  REQUEST_TIMED_OUT: "timed-out",
  UNSUPPORTED_VERSION: "unsupported-by-cluster",
  UNSUPPORTED_FOR_MESSAGE_FORMAT: "unsupported-by-cluster",
  TOPIC_DELETION_DISABLED: "rejected-by-cluster",
};

/** True of older clusters and of the bundled one. */
const NOT_SERVED = "Newer versions of Apache Kafka can do this; brokers that come with the console cannot yet.";

/** What to do about a problem, where its code alone says enough. */
const suggestionOf: Partial<Record<ProblemCode, string>> = {
  "topic-not-found": "It may have been deleted. The list of topics shows what there is.",
  "topic-exists": "Choose another name.",
  "not-enough-replicas": "Bring the missing brokers back, or lower min.insync.replicas of the topic.",
  "record-too-large": "Send a smaller record, or raise max.message.bytes of the topic.",
  "broker-unavailable": "Brokers may be restarting. Try again in a moment.",
  "timed-out": "The cluster may be busy. What was asked for may still happen: look before you repeat it.",
  "unsupported-by-cluster": NOT_SERVED,
};

/** The problem behind an error code in an answer. `message` is the broker's own, where it sent one. */
export function kafkaProblem(errorCode: number, message: string | null, attempt: Attempt): Problem {
  const known = describeKafkaError(errorCode);
  const code = codeOf[known.name] ?? (known.isRetriable ? "broker-unavailable" : "rejected-by-cluster");
  const suggestion = code === "not-authorised" ? "Ask for the right below." : suggestionOf[code];
  return problem({
    code,
    title: attempt.title,
    // Brokers give an empty message where the code says it all.
    detail: message === null || message === "" ? known.message : message,
    ...(suggestion !== undefined && { suggestion }),
    facts: [
      ["error", `${known.name} (${errorCode})`],
      ...(code === "not-authorised" ? rightFacts(attempt) : []),
      ...factsOf(attempt),
    ],
    ...(known.isRetriable && code !== "topic-not-found" && { retryable: true }),
  });
}

/** The problem behind what was thrown, or undefined when it is a bug of ours. */
export function toProblem(error: unknown, attempt: Attempt): Problem | undefined {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof ClientError) return clientProblem(error, attempt);
  if (error instanceof z.ZodError) return inputProblem(error, attempt.title);
  const failure = kafkajsFailure(error);
  if (failure === undefined) return undefined;
  if (failure.kind === "answer") return kafkaProblem(failure.errorCode, null, attempt);
  return clientProblem(new ClientError(failure.kind, failure.message), attempt);
}

/** The problem with input that breaks its contract; `fields` names each input once, with its first fault. */
export function inputProblem(error: Pick<z.core.$ZodError, "issues">, title: string): Problem {
  const fields: Record<string, string> = {};
  for (const { path, message } of error.issues) fields[String(path[0] ?? "")] ??= message;
  const [name, message] = Object.entries(fields)[0] ?? ["", "The input has another form."];
  const detail = name === "" ? message : `${name}: ${message}`;
  return problem({ code: "invalid-input", title, detail, fields });
}

type Meaning = { readonly code: ProblemCode; readonly suggestion: string };

const meaningOf: Readonly<Record<ClientErrorKind, Meaning>> = {
  unreachable: {
    code: "cluster-unreachable",
    suggestion: "Check that the cluster runs and that the bootstrap server is right. This page tries again by itself.",
  },
  closed: { code: "cluster-unreachable", suggestion: "The console is stopping. Reload the page." },
  tls: {
    code: "cluster-unreachable",
    suggestion: "Give the certificate to trust with ssl.truststore.location and ssl.truststore.type=PEM.",
  },
  malformed: {
    code: "cluster-unreachable",
    suggestion: "Check the port, and whether it expects TLS: security.protocol must be the listener's.",
  },
  authentication: {
    code: "authentication-failed",
    suggestion: "Check sasl.mechanism, user name and password in the client properties.",
  },
  disconnected: {
    code: "broker-unavailable",
    suggestion: "The broker may be restarting. This page tries again by itself.",
  },
  unavailable: { code: "broker-unavailable", suggestion: "Brokers may be restarting. Try again in a moment." },
  overloaded: {
    code: "broker-unavailable",
    suggestion: "Too much is asked of this broker at once. Try again in a moment.",
  },
  "timed-out": { code: "timed-out", suggestion: "The broker may be busy or stopped. Try again in a moment." },
  unsupported: { code: "unsupported-by-cluster", suggestion: NOT_SERVED },
};

function clientProblem(error: ClientError, attempt: Attempt): Problem {
  const { kind, errorCode, message } = error;
  const name = errorCode === undefined ? undefined : describeKafkaError(errorCode).name;
  const byCode = kind === "unavailable" && name !== undefined ? codeOf[name] : undefined;
  const { code, suggestion } = meaningOf[kind];
  return problem({
    code: byCode ?? code,
    title: attempt.title,
    detail: message,
    suggestion: (byCode !== undefined ? suggestionOf[byCode] : undefined) ?? suggestion,
    facts: [
      ...(name === undefined ? [] : [["error", `${name} (${errorCode})`] satisfies [string, string]]),
      ...(byCode === "not-authorised" ? rightFacts(attempt) : []),
      ...factsOf(attempt),
    ],
  });
}

function factsOf({ facts = [] }: Attempt): [string, string][] {
  return facts.map(([name, value]) => [name, value]);
}

function rightFacts({ needs, identity }: Attempt): [string, string][] {
  if (needs === undefined) return [];
  const { operation, resource } = needs;
  const [label, option] = describeResource(resource);
  const facts: [string, string][] = [["needs", `${operation} on ${label}`]];
  if (identity === undefined) return facts;
  const { principal, bootstrap } = identity;
  const grant = `kafka-acls.sh --bootstrap-server ${bootstrap.join(",")} --add --allow-principal '${principal}' --operation ${operation} ${option}`;
  return [...facts, ["as", principal], ["grant", grant]];
}

function describeResource(resource: Resource): [label: string, option: string] {
  if (resource === "cluster") return ["the cluster", "--cluster"];
  return "topic" in resource
    ? [`topic ${resource.topic}`, `--topic '${resource.topic}'`]
    : [`group ${resource.group}`, `--group '${resource.group}'`];
}
