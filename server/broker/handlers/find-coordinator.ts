import { FindCoordinator } from "../../wire/apis/find-coordinator.ts";
import {
  COORDINATOR_NOT_AVAILABLE,
  GROUP_AUTHORIZATION_FAILED,
  INVALID_REQUEST,
  NONE,
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
} from "../../wire/errors.ts";
import { partitionOf } from "../controller/image.ts";
import { CONSUMER_OFFSETS_TOPIC } from "../coordinator/group-coordinator.ts";
import { handler } from "../network/handler.ts";
import { endpointOf } from "./leader-hint.ts";
import { type BrokerContext, deadlineIn } from "./services.ts";

/** v4+: many keys in one request (KIP-699). */
const FIRST_BATCHED_VERSION = 4;
const KEY_TYPE = { group: 0, transaction: 1, share: 2 } as const;
/** Making the topic takes one round to the controller; a client that asks again in the meantime is told the same. */
const CREATION_TIMEOUT_MS = 5_000;

type Found = {
  readonly key: string;
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
};

/** Tells which broker coordinates a group. The first question makes `__consumer_offsets`, and is answered when the topic is there. */
export const findCoordinator = handler(FindCoordinator, (request, context: BrokerContext, reply) => {
  const isBatched = context.apiVersion >= FIRST_BATCHED_VERSION;
  const keys = isBatched ? request.coordinatorKeys : [request.key];
  const answer = () => {
    const coordinators = keys.map((key) => find(key, request.keyType, context));
    const [first] = coordinators;
    if (isBatched || first === undefined) return reply({ coordinators });
    const { nodeId, host, port, errorCode, errorMessage } = first;
    // Kafka's old answers have the error's name there when there is none.
    reply({ nodeId, host, port, errorCode, errorMessage: errorCode === NONE ? "NONE" : errorMessage });
  };
  const lacksTopic =
    request.keyType === KEY_TYPE.group && !context.services.image().topicsByName.has(CONSUMER_OFFSETS_TOPIC);
  if (!lacksTopic || !keys.some((key) => context.may("describe", { group: key }))) return answer();
  const { autoTopics } = context.services;
  void autoTopics.create([CONSUMER_OFFSETS_TOPIC], deadlineIn(context.services, CREATION_TIMEOUT_MS)).then(answer);
});

function find(key: string, keyType: number, context: BrokerContext): Found {
  switch (keyType) {
    case KEY_TYPE.group:
      return context.may("describe", { group: key })
        ? findGroup(key, context)
        : failure(key, GROUP_AUTHORIZATION_FAILED);
    case KEY_TYPE.transaction:
      return context.may("describe", { transactionalId: key })
        ? failure(key, INVALID_REQUEST, "This cluster has no transaction coordinator.")
        : failure(key, TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
    case KEY_TYPE.share:
      return failure(key, INVALID_REQUEST, "This cluster has no share coordinator.");
    default:
      return failure(key, INVALID_REQUEST, `There is no coordinator of type ${keyType}.`);
  }
}

function findGroup(key: string, { services, listenerName }: BrokerContext): Found {
  const partition = services.groups.partitionOf(key);
  const image = services.image();
  const leader = partition === undefined ? undefined : partitionOf(image, CONSUMER_OFFSETS_TOPIC, partition)?.leader;
  const node =
    leader === undefined || image.brokers.get(leader)?.fenced !== false
      ? undefined
      : endpointOf(image, leader, listenerName);
  if (node === undefined) return failure(key, COORDINATOR_NOT_AVAILABLE);
  return { key, nodeId: node.nodeId, host: node.host, port: node.port, errorCode: NONE, errorMessage: "" };
}

function failure(key: string, errorCode: number, errorMessage: string | null = null): Found {
  return { key, nodeId: -1, host: "", port: -1, errorCode, errorMessage };
}
