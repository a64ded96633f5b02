import { SaslAuthenticate } from "../../wire/apis/sasl-authenticate.ts";
import { ILLEGAL_SASL_STATE, NONE, SASL_AUTHENTICATION_FAILED } from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import { type BrokerContext, deadlineIn } from "./services.ts";

/** Carries one message of a SASL login. A failure is answered after `connection.failed.authentication.delay.ms`, then the connection is closed. */
export const saslAuthenticate = handler(SaslAuthenticate, (request, context: BrokerContext, reply) => {
  if (context.sasl === undefined) {
    return reply({ errorCode: ILLEGAL_SASL_STATE, errorMessage: "SaslAuthenticate request received on a listener without SASL" });
  }
  const step = context.sasl.authenticate(request.authBytes);
  if (step.kind === "challenge" || step.kind === "done") return reply({ errorCode: NONE, errorMessage: null, authBytes: step.token });
  if (step.kind === "illegal-state") return reply({ errorCode: ILLEGAL_SASL_STATE, errorMessage: step.message });
  const { services } = context;
  const delayMs = services.config.get("connection.failed.authentication.delay.ms");
  const timer = services.environment.clock.at(deadlineIn(services, delayMs), () => {
    reply({ errorCode: SASL_AUTHENTICATION_FAILED, errorMessage: step.message, authBytes: step.token });
  });
  context.onAbandon(() => timer.cancel());
});
