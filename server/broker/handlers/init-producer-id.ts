import { InitProducerId } from "../../wire/apis/init-producer-id.ts";
import {
  CLUSTER_AUTHORIZATION_FAILED,
  INVALID_REQUEST,
  NONE,
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
  UNSUPPORTED_VERSION,
} from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import { type BrokerContext, CONTROLLER_TIMEOUT_MS, deadlineIn } from "./services.ts";

const REFUSED = { producerId: -1, producerEpoch: -1 };

/**
 * Gives an idempotent producer its id (KIP-98). There is no transaction coordinator: a transactional id is refused with a code that
 * clients do not retry, so that the application hears of it at once.
 */
export const initProducerId = handler(InitProducerId, (request, context: BrokerContext, reply) => {
  const { transactionalId } = request;
  if (transactionalId === "") return reply({ errorCode: INVALID_REQUEST, ...REFUSED });
  if (transactionalId !== null) {
    const allowed = context.may("write", { transactionalId });
    return reply({ errorCode: allowed ? UNSUPPORTED_VERSION : TRANSACTIONAL_ID_AUTHORIZATION_FAILED, ...REFUSED });
  }
  if (!mayProduceIdempotently(context)) return reply({ errorCode: CLUSTER_AUTHORIZATION_FAILED, ...REFUSED });
  void context.services.producerIds.next(deadlineIn(context.services, CONTROLLER_TIMEOUT_MS)).then((producerId) => {
    if (typeof producerId === "number") reply({ errorCode: NONE, producerId, producerEpoch: 0 });
    else reply({ errorCode: producerId.errorCode, ...REFUSED });
  });
});

/** IDEMPOTENT_WRITE on the cluster, or WRITE on any topic (KIP-679). */
function mayProduceIdempotently(context: BrokerContext): boolean {
  if (context.may("idempotent-write", "cluster")) return true;
  return [...context.services.image().topicsByName.keys()].some((topic) => context.may("write", { topic }));
}
